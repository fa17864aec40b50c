import { ANNOTATION_OWNERS } from '../../shared/annotations';
import type { WorkloadRef } from '../model/Workload';

/** Objects whose own annotations are read. */
const ANNOTATED_KINDS = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Pod',
]);
/** Objects that are known by the annotations of their pods alone. */
const TEMPLATED_KINDS = new Set(['Rollout', 'DeploymentConfig']);
/**
 * Characters that the API server allows in names and owners and that no shell
 * interprets.
 */
const SAFE = /^[A-Za-z0-9._:/,-]*$/;

/**
 * The one line by which someone with access to the cluster decides who may stand
 * for a workload: an annotation of the workload where it is read, else of its
 * Namespace. Undefined without owners.
 *
 * @public
 */
export function ownersCommand(
  { kind, name, namespace }: WorkloadRef,
  owners: readonly string[],
): string | undefined {
  const value = [...owners].sort().join(',');
  if (!value || ![kind, name, namespace, value].every(isSafe)) {
    return undefined;
  }
  if (TEMPLATED_KINDS.has(kind)) {
    const annotations = { [ANNOTATION_OWNERS]: value };
    const patch = { spec: { template: { metadata: { annotations } } } };
    return `kubectl patch ${kind.toLowerCase()}/${name} -n ${namespace} --type merge -p '${JSON.stringify(
      patch,
    )}'`;
  }
  const object = ANNOTATED_KINDS.has(kind)
    ? `${kind.toLowerCase()}/${name} -n ${namespace}`
    : `namespace/${namespace}`;
  return `kubectl annotate ${object} ${ANNOTATION_OWNERS}=${value} --overwrite`;
}

function isSafe(text: string): boolean {
  return SAFE.test(text);
}
