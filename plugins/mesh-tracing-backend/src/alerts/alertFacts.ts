import {
  lossMetricsExpression,
  type AlertFacts,
  type AlertRulesRequest,
  type AlertSubject,
} from 'backstage-plugin-mesh-tracing-common';
import type { LiveMetrics } from './LiveMetrics';

/**
 * What rules are made of beside the configuration: which histograms there are, and
 * which counters of lost spans.
 *
 * @param subject - absent for what all entities of a store share
 * @returns `unavailable` is why nobody could be asked
 */
export async function alertFacts(
  live: LiveMetrics | undefined,
  request: AlertRulesRequest,
  subject?: AlertSubject,
): Promise<{ facts: AlertFacts; unavailable?: unknown }> {
  if (!live) {
    return { facts: {} };
  }
  const lossExpression =
    request.lostSpans &&
    lossMetricsExpression(live.metrics.naming, subject?.workloads);
  try {
    const [histogram, metrics] = await Promise.all([
      request.latency && subject
        ? live.ask((asked, options) =>
            asked.histogramForm(subject.measured, live.nowMs, options),
          )
        : undefined,
      lossExpression ? live.at(lossExpression) : undefined,
    ]);
    return {
      facts: {
        histogram,
        ...(metrics && {
          metrics: new Set(
            metrics.map(({ labels }) => String(labels.__name__)),
          ),
        }),
      },
    };
  } catch (unavailable) {
    return { facts: {}, unavailable };
  }
}
