import type {
  LatencyResponse,
  LatencyStatistics,
} from 'backstage-plugin-mesh-tracing-common';
import { coverage, NOW_MS } from './traceFixtures';

/** Statistics of a quiet service. */
export function statistics(
  patch: Partial<LatencyStatistics> = {},
): LatencyStatistics {
  return {
    count: 128,
    errorCount: 0,
    meanUs: 40_000,
    minUs: 2_000,
    maxUs: 400_000,
    p50Us: 30_000,
    p75Us: 50_000,
    p90Us: 80_000,
    p95Us: 120_000,
    p99Us: 300_000,
    ...patch,
  };
}

/** 128 sampled requests, 16 of them failed. */
export function latencyResponse(
  patch: Partial<LatencyResponse> = {},
): LatencyResponse {
  const overall = statistics({ errorCount: 16 });
  return {
    entityRef: 'component:default/checkout',
    store: 'main',
    startTimeMs: NOW_MS - 3_600_000,
    endTimeMs: NOW_MS,
    basis: 'sampled-traces',
    traceCount: 128,
    samplingPercent: 50,
    latency: {
      overall,
      operations: [
        {
          ...overall,
          service: 'checkout.shop',
          operation: 'POST /orders',
          kind: 'server',
        },
      ],
      peers: [
        {
          ...statistics({ count: 12, errorCount: 6 }),
          peer: 'payments.shop',
          direction: 'outbound',
        },
      ],
      versions: [],
      series: {
        stepMs: 600_000,
        points: Array.from({ length: 6 }, (_, index) => ({
          startMs: NOW_MS - (6 - index) * 600_000,
          count: 20,
          errorCount: 2,
          p50Us: 30_000,
          p95Us: 120_000 + index * 1_000,
          p99Us: 300_000,
        })),
      },
    },
    previous: statistics({ p95Us: 100_000 }),
    criticalPath: [
      {
        service: 'payments.shop',
        operation: 'POST /pay',
        selfUs: 7_000,
        traceCount: 100,
      },
      {
        service: 'checkout.shop',
        operation: 'POST /orders',
        selfUs: 3_000,
        traceCount: 128,
      },
    ],
    coverage: coverage({ fetchedCount: 128, matchedCount: 128 }),
    ...patch,
  };
}
