import type {
  CheckedDocument,
  TracingBrief,
  YamlCheckResponse,
} from 'backstage-plugin-mesh-tracing-common';

/** Tracing of a workload at a percentage, on both sides. */
export function tracingBrief(samplingPercent: number): TracingBrief {
  const side = {
    spanReporting: 'reported' as const,
    provider: 'otel',
    samplingPercent,
    customTags: [],
    disableContextPropagation: false,
  };
  return { path: 'telemetry', client: side, server: side };
}

/** What a change of the percentage means for a workload. */
export function yamlOutcome(before: number, after: number, name = 'checkout') {
  return {
    workload: { cluster: 'demo', namespace: 'shop', kind: 'Deployment', name },
    before: tracingBrief(before),
    after: tracingBrief(after),
    changedFields:
      before === after
        ? []
        : ['client.samplingPercent', 'server.samplingPercent'],
  };
}

/** A Telemetry that works. */
export function checkedDocument(
  patch: Partial<CheckedDocument> = {},
): CheckedDocument {
  return {
    number: 1,
    firstLine: 1,
    lastLine: 9,
    kind: 'telemetry',
    apiVersion: 'telemetry.istio.io/v1',
    resourceKind: 'Telemetry',
    namespace: 'shop',
    name: 'all',
    verdict: 'works',
    findings: [],
    placement: { reaches: 1, level: 'namespace' },
    outcomes: [yamlOutcome(1, 50)],
    ...patch,
  };
}

/** An answer for one document in one cluster. */
export function yamlCheckResponse(
  patch: Partial<YamlCheckResponse> = {},
): YamlCheckResponse {
  return {
    form: 'yaml',
    documentsLeftOut: 0,
    clusters: [
      {
        cluster: 'demo',
        documents: [checkedDocument()],
        outcomes: [yamlOutcome(1, 50)],
        workloadsLeftOut: 0,
      },
    ],
    ...patch,
  };
}
