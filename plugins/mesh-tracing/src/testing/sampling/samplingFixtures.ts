import type {
  HistoryResponse,
  PreviewResponse,
} from 'backstage-plugin-mesh-tracing-common';
import {
  effectiveSide,
  effectiveTracing,
  telemetryYaml,
  workloadView,
} from '../tracingFixtures';

/** A preview that raises sampling from 50 to 100 percent and can be applied. */
export function previewResponse(
  patch: Partial<PreviewResponse> = {},
): PreviewResponse {
  const samplingPercent = {
    ...effectiveSide().samplingPercent,
    value: 100,
  };
  return {
    token: 'token-1',
    action: 'create',
    yaml: telemetryYaml('shop', 'mesh-tracing.checkout', 100),
    changes: [
      {
        workload: workloadView(),
        before: effectiveTracing(),
        after: effectiveTracing({
          client: effectiveSide({ samplingPercent }),
          server: effectiveSide({ samplingPercent }),
        }),
        changedFields: ['server.samplingPercent'],
        intended: true,
      },
    ],
    verdicts: [
      {
        rule: 'max-percentage',
        allowed: true,
        message: 'Up to 100 % is allowed.',
      },
    ],
    dryRun: { outcome: 'accepted', warnings: [] },
    findings: [],
    impact: {
      requestsPerSecond: 20,
      tracesPerSecondBefore: 10,
      tracesPerSecondAfter: 20,
      spansPerSecondBefore: 120,
      spansPerSecondAfter: 240,
      bytesPerDayBefore: 5_000_000_000,
      bytesPerDayAfter: 10_000_000_000,
      assumption: 'From observed traces and the sampling in force.',
    },
    ...patch,
  };
}

/** One past change. */
export function historyResponse(): HistoryResponse {
  return {
    entries: [
      {
        id: '1',
        at: '2026-11-20T10:00:00Z',
        kind: 'expire',
        actor: 'mesh-tracing',
        entityRef: 'component:default/checkout',
        workload: workloadView(),
        before: 'tracing:\n  - randomSamplingPercentage: 80\n',
        settings: {
          samplingPercent: 80,
          customTags: { tier: { literal: { value: 'gold' } } },
          disableSpanReporting: true,
        },
        outcome: 'succeeded',
      },
    ],
  };
}
