import { applyMeshConfigTexts, readMeshConfig } from '../../../meshconfig';
import { formatYaml } from '../../../yaml';
import { hostOf, mayTellService, withServices } from '../../effect/MeshState';
import type { MeshState } from '../../effect/MeshState';
import { mapAt } from '../../read/values';
import { stepsOf } from '../../read/stepsOf';
import { droppedFindings } from './droppedFindings';
import type { MeshPart } from './MeshPart';
import { oldLayerFindings } from './oldLayerFindings';
import { providerFindings } from './providerFindings';
import { unknownFieldFindings } from './unknownFieldFindings';

/**
 * Judges a mesh config and puts it in the place of the present one. What charts and
 * istioctl always write besides, the root namespace above all, is kept.
 *
 * @returns the cluster with it; undefined where istiod would refuse it
 */
export function applyMeshPart(part: MeshPart): MeshState | undefined {
  const { value, lineOf, findings, state } = part;
  unknownFieldFindings('MeshConfig', value, [], part);
  const present = readMeshConfig(state.inputs.meshConfig);
  const { meshConfig, refusals } = applyMeshConfigTexts([
    formatYaml({ rootNamespace: present.rootNamespace }),
    formatYaml(value ?? {}),
  ]);
  const [, refusal] = refusals;
  if (refusal !== undefined) {
    const problem = readMeshConfig(value).problems.find(
      ({ acceptedByIstio }) => !acceptedByIstio,
    );
    findings.add('mesh-config-refused', refusal, {
      line: lineOf(problem ? stepsOf(value, problem.path) : []),
    });
    return undefined;
  }
  const reading = readMeshConfig(meshConfig);
  oldLayerFindings(mapAt(value, 'defaultConfig'), ['defaultConfig'], part);
  providerFindings(part, reading);
  droppedFindings(part, present, reading);
  return withAssumedServices(
    {
      ...state,
      inputs: { ...state.inputs, meshConfig, meshConfigKnown: true },
    },
    part,
  );
}

/** Services of providers of which nothing may be told are taken to exist. */
function withAssumedServices(state: MeshState, part: MeshPart): MeshState {
  if (!state.inputs.knownServices) return state;
  const assumed = readMeshConfig(state.inputs.meshConfig).providers.flatMap(
    ({ service }) =>
      service !== undefined && !mayTellService(part.state, service)
        ? [service]
        : [],
  );
  for (const service of assumed) {
    part.findings.add(
      'service-not-looked-up',
      `${service} is taken to exist.`,
      {
        whatToDo: `Look with kubectl get service --all-namespaces, or serviceentry, for ${hostOf(
          service,
        )}.`,
      },
    );
  }
  return withServices(state, assumed);
}
