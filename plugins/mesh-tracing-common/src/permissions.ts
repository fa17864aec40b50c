import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Permissions refer to the catalog's entities, so that any policy can decide
 * with the catalog's own rules, such as `isEntityOwner`.
 */
const resourceType = 'catalog-entity' as const;

/** See traces, latency and dependencies of an entity. @public */
export const tracesReadPermission = createPermission({
  name: 'mesh-tracing.traces.read',
  attributes: { action: 'read' },
  resourceType,
});

/** See the effective tracing configuration of an entity. @public */
export const samplingReadPermission = createPermission({
  name: 'mesh-tracing.sampling.read',
  attributes: { action: 'read' },
  resourceType,
});

/** Preview, apply and revert an override for an entity's workloads. @public */
export const samplingUpdatePermission = createPermission({
  name: 'mesh-tracing.sampling.update',
  attributes: { action: 'update' },
  resourceType,
});

/** Change a whole namespace. @public */
export const samplingNamespaceUpdatePermission = createPermission({
  name: 'mesh-tracing.sampling.namespace.update',
  attributes: { action: 'update' },
  resourceType,
});

/** Change the whole mesh. @public */
export const samplingMeshUpdatePermission = createPermission({
  name: 'mesh-tracing.sampling.mesh.update',
  attributes: { action: 'update' },
  resourceType,
});

/**
 * Act for the owners of an entity: change what another team's entity stands for.
 * @public
 */
export const samplingAnyUpdatePermission = createPermission({
  name: 'mesh-tracing.sampling.any.update',
  attributes: { action: 'update' },
  resourceType,
});

/**
 * See findings about the mesh as a whole, whoever owns what they are about. No single
 * entity is asked about: names of Telemetries of all namespaces are told.
 * @public
 */
export const meshReadPermission = createPermission({
  name: 'mesh-tracing.mesh.read',
  attributes: { action: 'read' },
});

/** All permissions of this plugin. @public */
export const meshTracingPermissions = [
  tracesReadPermission,
  samplingReadPermission,
  samplingUpdatePermission,
  samplingNamespaceUpdatePermission,
  samplingMeshUpdatePermission,
  samplingAnyUpdatePermission,
  meshReadPermission,
];
