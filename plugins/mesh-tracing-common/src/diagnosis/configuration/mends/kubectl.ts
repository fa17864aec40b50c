import type { WorkloadRef } from '../../../workloads';

/** An operation of a JSON patch (RFC 6902). */
export type PatchOperation =
  | { op: 'add' | 'replace'; path: string; value: unknown }
  | { op: 'remove'; path: string };

/** Kinds whose pods `kubectl rollout restart` makes anew. */
const RESTARTABLE = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** A text as one word of a shell. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9._:/=@%+,-]+$/.test(text)
    ? text
    : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A key as a part of the path of a JSON patch. */
export function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** `kubectl patch` with a JSON patch. */
export function patchCommand(
  kind: string,
  { namespace, name }: { namespace: string; name: string },
  operations: readonly PatchOperation[],
): string {
  return `kubectl -n ${shellWord(namespace)} patch ${kind} ${shellWord(
    name,
  )} --type=json -p ${shellWord(JSON.stringify(operations))}`;
}

/** `kubectl patch` with a merge patch. */
export function mergeCommand(
  kind: string,
  { namespace, name }: { namespace: string; name: string },
  patch: object,
): string {
  return `kubectl -n ${shellWord(namespace)} patch ${kind} ${shellWord(
    name,
  )} --type=merge -p ${shellWord(JSON.stringify(patch))}`;
}

/** What makes the pods of a workload anew; undefined for kinds that don't know how. */
export function restartCommand({
  kind,
  namespace,
  name,
}: WorkloadRef): string | undefined {
  return RESTARTABLE.has(kind)
    ? `kubectl -n ${shellWord(
        namespace,
      )} rollout restart ${kind.toLowerCase()}/${shellWord(name)}`
    : undefined;
}

/** `kubectl label namespace`, which replaces the label. */
export function labelNamespaceCommand(namespace: string, label: string) {
  return `kubectl label namespace ${shellWord(namespace)} ${shellWord(
    label,
  )} --overwrite`;
}

/**
 * What changes the template of a workload's pods, which makes them anew; undefined
 * for kinds without one.
 *
 * @param template - merged into the template
 */
export function templateCommand(
  workload: WorkloadRef,
  template: object,
): string | undefined {
  const kind = workload.kind.toLowerCase();
  if (RESTARTABLE.has(workload.kind)) {
    return mergeCommand(kind, workload, { spec: { template } });
  }
  return workload.kind === 'CronJob'
    ? mergeCommand(kind, workload, {
        spec: { jobTemplate: { spec: { template } } },
      })
    : undefined;
}
