import {
  describeSource,
  type MeshTracingInputs,
  type TracingSource,
} from '../../tracing';
import { evidenceOf, type SetupFinding } from '../SetupFinding';
import { setupFindingCatalog } from '../setupFindingCatalog';
import { openSampling, USUAL_PERCENT } from './checkTelemetry';

const DEFAULT_ROOT = 'istio-system';

/**
 * Whether the mesh as a whole samples everything where no Telemetry says otherwise:
 * by `defaultConfig.tracing.sampling`, or by istiod's `PILOT_TRACE_SAMPLING` without it.
 * @public
 */
export function checkMeshDefault(
  cluster: string,
  { meshConfig, istiod }: Pick<MeshTracingInputs, 'meshConfig' | 'istiod'>,
): SetupFinding | undefined {
  const configured = meshConfig.defaultConfig?.tracing?.sampling;
  const percent = configured ?? istiod.traceSamplingPercent;
  if (percent !== 100) {
    return undefined;
  }
  const source =
    configured === undefined
      ? 'PILOT_TRACE_SAMPLING of istiod'
      : 'meshConfig.defaultConfig.tracing.sampling';
  return {
    severity: 'warning',
    code: 'full-sampling-without-end',
    what: `${source} samples all requests of the mesh that no Telemetry decides about, and nothing ends it.`,
    whatToDo: setupFindingCatalog['full-sampling-without-end'].whatToDo,
    evidence: evidenceOf(
      ['sampling-percent', percent, 'percent'],
      ['source', source, 'text'],
    ),
    mends: [
      {
        kind: 'yaml',
        title: 'A percentage for the mesh that takes effect without restarts',
        text: [
          'apiVersion: telemetry.istio.io/v1',
          'kind: Telemetry',
          'metadata:',
          '  name: mesh-default',
          `  namespace: ${meshConfig.rootNamespace ?? DEFAULT_ROOT}`,
          'spec:',
          '  tracing:',
          `    - randomSamplingPercentage: ${USUAL_PERCENT}`,
          '',
        ].join('\n'),
      },
    ],
    cluster,
  };
}

/**
 * The same of a workload that samples everything by something else than a Telemetry,
 * such as the ProxyConfig of its pods.
 * @public
 */
export function checkSource(
  cluster: string,
  workload: { namespace: string; name: string },
  source: TracingSource,
): SetupFinding {
  const text = describeSource(source);
  return {
    severity: 'warning',
    code: 'full-sampling-without-end',
    what: `${workload.namespace}/${workload.name} samples all requests by ${text}, and nothing ends it.`,
    whatToDo: setupFindingCatalog['full-sampling-without-end'].whatToDo,
    evidence: evidenceOf(
      ['sampling-percent', 100, 'percent'],
      ['source', text, 'text'],
    ),
    mends: [openSampling(USUAL_PERCENT)],
    cluster,
  };
}
