import type {
  MeshSetupFindingsResponse,
  OwnedSetupFindingsResponse,
  RequestRateResponse,
  SetupFinding,
  SetupFindingsResponse,
} from 'backstage-plugin-mesh-tracing-common';

/** A finding with evidence of each kind, and a mend of each kind. */
export function setupFinding(patch: Partial<SetupFinding> = {}): SetupFinding {
  return {
    severity: 'warning',
    code: 'full-sampling-without-end',
    what: 'Telemetry shop/all has sampled all requests for 3 days.',
    whatToDo: 'Lower the percentage.',
    evidence: [
      { fact: 'sampling-percent', value: 100, unit: 'percent' },
      { fact: 'age', value: 3 * 86_400_000, unit: 'duration-ms' },
      { fact: 'set-by', value: 'kubectl-edit', unit: 'text' },
      { fact: 'spans-per-second', value: 240, unit: 'per-second' },
    ],
    mends: [
      {
        kind: 'command',
        title: 'Lower it to 1 %',
        text: 'kubectl -n shop patch telemetries all',
      },
      {
        kind: 'action',
        title: 'Set an override with an end',
        view: 'sampling',
      },
    ],
    resources: ['shop/all'],
    cluster: 'demo',
    ...patch,
  };
}

/** Findings about the set-up of the checkout. */
export function setupFindingsResponse(
  patch: Partial<SetupFindingsResponse> = {},
): SetupFindingsResponse {
  return {
    entityRef: 'component:default/checkout',
    startTimeMs: 0,
    endTimeMs: 3_600_000,
    findings: [setupFinding()],
    parts: [
      { part: 'configuration', state: 'checked' },
      { part: 'requests', state: 'checked' },
      { part: 'traces', state: 'checked' },
      { part: 'spans', state: 'checked' },
    ],
    inspected: { traceCount: 240, spanCount: 1234 },
    errorObjectivePercent: 0.1,
    ...patch,
  };
}

/** No finding about anything that is owned. */
export function ownedSetupFindingsResponse(
  patch: Partial<OwnedSetupFindingsResponse> = {},
): OwnedSetupFindingsResponse {
  return {
    owners: ['group:default/checkout-team'],
    entities: [],
    checkedCount: 2,
    clusters: [],
    ...patch,
  };
}

/** One finding about the mesh as a whole. */
export function meshSetupFindingsResponse(
  patch: Partial<MeshSetupFindingsResponse> = {},
): MeshSetupFindingsResponse {
  return {
    findings: [setupFinding()],
    moreCount: 0,
    telemetryCount: 7,
    clusters: [],
    ...patch,
  };
}

/** 12.3 requests a second begin at the checkout. */
export function requestRateResponse(
  workload: Partial<RequestRateResponse['workloads'][number]> = {},
  errorRate: number | null = 0.01,
): RequestRateResponse {
  return {
    entityRef: 'component:default/checkout',
    workloads: [
      {
        workload: {
          cluster: 'demo',
          namespace: 'shop',
          kind: 'Deployment',
          name: 'checkout',
        },
        requestsPerSecond: 12.3,
        assumption: 'From 12 traces that began here in the last hour.',
        ...workload,
      },
    ],
    errorRate,
  };
}
