import {
  traceServiceNameCandidates,
  type TracingServiceName,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';

const SCHEMES: readonly TracingServiceName[] = [
  'APP_LABEL_AND_NAMESPACE',
  'CANONICAL_NAME_ONLY',
  'CANONICAL_NAME_AND_NAMESPACE',
];

/** Istio's way of naming by which a workload's proxy has this name; undefined for none. */
export function schemeOfName(
  workload: Workload,
  name: string,
): TracingServiceName | undefined {
  return SCHEMES.find(scheme => {
    const [first] = traceServiceNameCandidates(
      { ...workload, proxyConfig: { tracingServiceName: scheme } },
      undefined,
    );
    return first?.reason.startsWith('Istio') && first.name === name;
  });
}
