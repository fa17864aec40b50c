import { suggestPercentage } from 'backstage-plugin-mesh-tracing-common';
import type { EntityAnalysis } from '../traces';
import type { KnownTraffic } from './configurationFindings';
import type { Seen } from './SetupReads';

/** Traces a minute that are enough to look at, where nobody names a goal. */
const ENOUGH_PER_MINUTE = 60;
/** With fewer of the traces begun here, others decide about most requests. */
const DECIDES_HERE = 0.5;

/** What the checks of the configuration take for the cost of it. */
export function trafficOf({
  analysed,
  measured,
  inspection,
}: Seen): KnownTraffic {
  const requestsPerSecond = measured?.overall?.callsPerSecond ?? undefined;
  const p99Us = analysed?.analysis.latency.overall?.p99Us;
  const suggestion =
    requestsPerSecond === undefined
      ? undefined
      : suggestPercentage({
          requestsPerSecond,
          tracesPerMinute: ENOUGH_PER_MINUTE,
          maxPercent: 100,
        });
  return {
    requestsPerSecond,
    spansPerSecond: analysed && spansPerSecond(analysed),
    suggestedPercent: suggestion?.percent,
    longestTraceMs: inspection?.longestTraceMs,
    slowMs: p99Us === undefined ? undefined : p99Us / 1000,
  };
}

/** Of all of the traces that the entity takes part in; undefined of the newest alone. */
function spansPerSecond({
  analysis,
  coverage,
  window,
}: EntityAnalysis): number | undefined {
  const isWhole = coverage.complete || analysis.sample !== undefined;
  const seconds = (window.endTimeMs - window.startTimeMs) / 1000;
  return isWhole && seconds > 0 ? analysis.spanCount / seconds : undefined;
}

/** The share that is traced, percent, where others decide about most requests. */
export function decidedElsewhere(
  analysed: EntityAnalysis | undefined,
  requestsPerSecond: number,
): number | undefined {
  if (!analysed || requestsPerSecond <= 0) {
    return undefined;
  }
  const { analysis, window } = analysed;
  const { rootedTraceCount, subjectTraceCount, latency } = analysis;
  if (rootedTraceCount >= DECIDES_HERE * subjectTraceCount) {
    return undefined;
  }
  const requests =
    (requestsPerSecond * (window.endTimeMs - window.startTimeMs)) / 1000;
  return Math.min(100, (100 * (latency.overall?.count ?? 0)) / requests);
}

/** Milliseconds since the epoch; undefined where older slices were not read. */
export function oldestOf({
  analysis,
  coverage,
}: EntityAnalysis): number | undefined {
  const { points } = analysis.latency.series;
  const first = points.findIndex(({ count }) => count > 0);
  const isKnown =
    (coverage.complete || analysis.sample !== undefined) &&
    coverage.failures.length === 0 &&
    !points.slice(0, first).some(({ isUnread }) => isUnread);
  return isKnown ? points[first]?.startMs : undefined;
}
