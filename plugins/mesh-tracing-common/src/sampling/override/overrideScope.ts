import type { OverrideScope, WideScope } from '../../api';
import { MANAGED_BY_LABEL, MANAGED_BY_VALUE } from '../../shared/annotations';
import {
  type MeshTracingInputs,
  type Telemetry,
  TelemetryIndex,
} from '../../tracing';
import { type MeshConfig, readMeshConfig } from '../../meshconfig';
import type { WorkloadRef } from '../../workloads';

const DEFAULT_ROOT_NAMESPACE = 'istio-system';

/**
 * Names of the objects beyond one workload. A workload's begins with
 * `mesh-tracing.`, so that none can be taken for one of these, whatever the
 * workload is called.
 */
const NAMES: Record<WideScope, string> = {
  namespace: 'mesh-tracing-namespace',
  mesh: 'mesh-tracing-mesh',
};

const KINDS: Record<WideScope, string> = {
  namespace: 'Namespace',
  mesh: 'Mesh',
};

/** Name of the portal's object for a namespace or for the mesh. @public */
export function wideOverrideName(scope: WideScope): string {
  return NAMES[scope];
}

/**
 * How far an object of the portal reaches. Its name alone says so: labels and
 * annotations can be edited, a name can't.
 * @public
 */
export function scopeOfOverride({
  metadata,
}: Pick<Telemetry, 'metadata'>): OverrideScope {
  const wide = (Object.keys(NAMES) as WideScope[]).find(
    scope => NAMES[scope] === metadata.name,
  );
  return wide ?? 'workload';
}

/**
 * What an override of that scope is for, in the form of a workload: kind
 * `Namespace` with its name, or kind `Mesh` in the root namespace. The namespace
 * is the one where the object stands.
 *
 * @param anchor - the workload that the request names
 * @public
 */
export function overrideTarget(
  scope: OverrideScope,
  anchor: WorkloadRef,
  meshConfig: MeshConfig,
): WorkloadRef {
  const { cluster, namespace, kind, name } = anchor;
  switch (scope) {
    case 'workload':
      return { cluster, namespace, kind, name };
    case 'namespace':
      return { cluster, namespace, kind: KINDS.namespace, name: namespace };
    default:
      return {
        cluster,
        namespace: rootNamespaceOf(meshConfig),
        ...meshTarget(),
      };
  }
}

/**
 * Kind and name of the namespace or mesh that an object of the portal is for;
 * undefined for one of a workload.
 */
export function wideTargetOf(
  telemetry: Telemetry,
): { kind: string; name: string } | undefined {
  switch (scopeOfOverride(telemetry)) {
    case 'namespace':
      return { kind: KINDS.namespace, name: telemetry.metadata.namespace };
    case 'mesh':
      return meshTarget();
    default:
      return undefined;
  }
}

function meshTarget() {
  return { kind: KINDS.mesh, name: 'mesh' };
}

/** How far a change reached, by what it was for. @public */
export function scopeOfTarget({ kind }: { kind: string }): OverrideScope {
  const wide = (Object.keys(KINDS) as WideScope[]).find(
    scope => KINDS[scope] === kind,
  );
  return wide ?? 'workload';
}

/** Such as "cart", "namespace shop", "the mesh of cluster prod". @public */
export function describeTarget(target: WorkloadRef): string {
  switch (scopeOfTarget(target)) {
    case 'namespace':
      return `namespace ${target.name}`;
    case 'mesh':
      return `the mesh of cluster ${target.cluster}`;
    default:
      return target.name;
  }
}

/** Istio's root namespace; `istio-system` where the mesh config names none. @public */
export function rootNamespaceOf(meshConfig: MeshConfig): string {
  return readMeshConfig(meshConfig).rootNamespace || DEFAULT_ROOT_NAMESPACE;
}

/** The portal's override of a namespace, or of the mesh, if any. @public */
export function findWideOverride(
  inputs: Pick<MeshTracingInputs, 'telemetries' | 'meshConfig'>,
  scope: WideScope,
  namespace: string,
): Telemetry | undefined {
  const where =
    scope === 'mesh' ? rootNamespaceOf(inputs.meshConfig) : namespace;
  return inputs.telemetries.find(
    ({ metadata }) =>
      metadata.name === NAMES[scope] &&
      metadata.namespace === where &&
      metadata.labels?.[MANAGED_BY_LABEL] === MANAGED_BY_VALUE,
  );
}

/**
 * Another Telemetry for the whole namespace beside one of that name. Istio looks at one per namespace, the oldest, and ignores the
 * others entirely (Istio: telemetry.go), so two must not stand side by side.
 * @public
 */
export function findNamespaceWideRival(
  inputs: MeshTracingInputs,
  { namespace, name }: { namespace: string; name: string },
): Telemetry | undefined {
  const index = TelemetryIndex.create(
    inputs.telemetries,
    inputs.istiod.revision,
  ).namespace(namespace);
  const rival = [...(index.wide ? [index.wide] : []), ...index.unusedWide].find(
    reading => reading.name !== name,
  );
  return (
    rival &&
    inputs.telemetries.find(
      ({ metadata }) =>
        metadata.namespace === namespace && metadata.name === rival.name,
    )
  );
}
