import type {
  EffectiveTracing,
  PreviewResponse,
} from 'backstage-plugin-mesh-tracing-common';
import type { RequestRateEstimate } from './RequestRateEstimator';
import { tracedShare } from './tracedShare';

const SECONDS_PER_DAY = 86_400;

/** Traces, spans and storage before and after a change of sampling. */
export function estimateImpact(
  estimate: RequestRateEstimate | null,
  before: EffectiveTracing,
  after: EffectiveTracing,
): PreviewResponse['impact'] {
  if (!estimate) {
    return null;
  }
  const { requestsPerSecond, spansPerTrace, bytesPerSpan } = estimate;
  const tracesBefore = requestsPerSecond * tracedShare(before);
  const tracesAfter = requestsPerSecond * tracedShare(after);
  const bytesPerDay = (traces: number) =>
    traces * spansPerTrace * bytesPerSpan * SECONDS_PER_DAY;
  return {
    requestsPerSecond,
    ...(estimate.requestsPerSecondBounds && {
      requestsPerSecondBounds: estimate.requestsPerSecondBounds,
    }),
    tracesPerSecondBefore: tracesBefore,
    tracesPerSecondAfter: tracesAfter,
    spansPerSecondBefore: tracesBefore * spansPerTrace,
    spansPerSecondAfter: tracesAfter * spansPerTrace,
    bytesPerDayBefore: bytesPerDay(tracesBefore),
    bytesPerDayAfter: bytesPerDay(tracesAfter),
    assumption: estimate.assumption,
  };
}
