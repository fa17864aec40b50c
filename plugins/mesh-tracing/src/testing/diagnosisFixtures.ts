import type {
  DiagnosisResponse,
  DiagnosisRung,
} from 'backstage-plugin-mesh-tracing-common';

/** A rung that is well, with what differs. */
export function diagnosisRung(
  overrides: Partial<DiagnosisRung> = {},
): DiagnosisRung {
  return {
    id: 'store',
    verdict: 'good',
    cause: 'Trace store main answers.',
    evidence: [
      {
        source: 'GET /api/v3/services of store main',
        seen: 'It answered within 12 ms.',
        atMs: Date.parse('2026-11-20T12:00:00.000Z'),
      },
    ],
    mends: [],
    docs: 'diagnosis#store',
    ...overrides,
  };
}

/** An answer for one workload whose every rung is well, with what differs. */
export function diagnosisResponse(
  overrides: Partial<DiagnosisResponse> = {},
): DiagnosisResponse {
  return {
    entityRef: 'component:default/checkout',
    startTimeMs: Date.parse('2026-11-20T11:00:00.000Z'),
    endTimeMs: Date.parse('2026-11-20T12:00:00.000Z'),
    workloads: [
      {
        workload: {
          cluster: 'demo',
          namespace: 'shop',
          kind: 'Deployment',
          name: 'checkout',
        },
        verdict: 'good',
        rungs: [diagnosisRung()],
      },
    ],
    ...overrides,
  };
}
