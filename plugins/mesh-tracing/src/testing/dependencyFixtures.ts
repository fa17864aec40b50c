import type { DependenciesResponse } from 'backstage-plugin-mesh-tracing-common';
import { coverage, NOW_MS } from './traceFixtures';

/** frontend calls checkout, checkout calls payments; stock is only declared. */
export function dependenciesResponse(): DependenciesResponse {
  return {
    entityRef: 'component:default/checkout',
    store: 'main',
    startTimeMs: NOW_MS - 3_600_000,
    endTimeMs: NOW_MS,
    nodes: [
      { id: 'f', kind: 'workload', name: 'frontend.shop', focus: false },
      { id: 'c', kind: 'workload', name: 'checkout.shop', focus: true },
      {
        id: 'p',
        kind: 'workload',
        name: 'payments.shop',
        entityRef: 'component:default/payments',
        focus: false,
      },
      {
        id: 's',
        kind: 'service',
        name: 'stock',
        entityRef: 'component:default/stock',
        focus: false,
      },
    ],
    edges: [
      {
        from: 'f',
        to: 'c',
        direction: 'inbound',
        source: 'traces',
        declared: false,
        callCount: 128,
        errorCount: 0,
        protocol: 'http',
        p50Us: 30_000,
        p95Us: 120_000,
      },
      {
        from: 'c',
        to: 'p',
        direction: 'outbound',
        source: 'traces',
        declared: true,
        callCount: 100,
        errorCount: 16,
        protocol: 'http',
        p50Us: 20_000,
        p95Us: 90_000,
      },
      {
        from: 'c',
        to: 's',
        direction: 'outbound',
        source: 'declared',
        declared: true,
        callCount: 0,
        errorCount: 0,
        protocol: 'unknown',
        p50Us: null,
        p95Us: null,
      },
    ],
    traced: true,
    traceCount: 128,
    coverage: coverage({ fetchedCount: 128, matchedCount: 128 }),
  };
}
