import type { MeshReadProblem } from 'backstage-plugin-mesh-tracing-node';
import type { ClusterConfig } from '../ClusterConfig';
import type { ApiServerError } from '../api/ApiServerError';
import { rbacRule } from '../api/rbacRule';
import type { WatchedResource, WatchStatus } from '../watch/WatchedResource';
import type { IstiodFacts } from './describeIstiod';
import { meshConfigMapName } from './meshResources';
import type { MeshConfigProblem, ReadMeshConfig } from './readMeshConfig';

/** A watched resource and how current it is. */
export interface WatchReport {
  resource: WatchedResource<unknown>;
  status: WatchStatus;
}

/** Resources that a cluster may lack: their absence (404) is no problem. */
const OPTIONAL = new Set([
  'serviceentries',
  'sidecars',
  'envoyfilters',
  'cronjobs',
  'gateways',
  'gatewayclasses',
  'mutatingwebhookconfigurations',
]);

/** Resources that only clusters with an ambient mesh are read for. */
const OF_AMBIENT = new Set(['gateways', 'gatewayclasses']);

/**
 * Resources that the portal need not be allowed to read: without them less is shown,
 * but nothing false. A CronJob without pods is then missing until its next run, and
 * whether a revision that a label names is there is not told.
 */
const MAY_BE_FORBIDDEN = new Set(['cronjobs', 'mutatingwebhookconfigurations']);

/**
 * What the portal can not tell while a resource may not be read, where that is not
 * plain.
 */
const CONSEQUENCES = new Map([
  [
    'namespaces',
    ', so their GitOps annotations are unknown, and only the configuration tells which namespaces belong to a repository',
  ],
  [
    'sidecars',
    ', so whether a Sidecar leaves the collector out of its egress is unknown',
  ],
  [
    'gateways',
    ', so waypoints are only known by their pods: whether they are ready, take objects of a namespace and are for services or pods is assumed',
  ],
  [
    'gatewayclasses',
    ', so for which requests their waypoints are is only known where the Gateways say so',
  ],
  ['envoyfilters', ', so whether an EnvoyFilter changes tracing is unknown'],
  [
    'shared mesh config',
    ", which istiod merges into the mesh config (SHARED_MESH_CONFIG); providers and defaults that stand there are unknown, and Istio's defaults are assumed",
  ],
]);

/**
 * What could not be read of a cluster. Trouble with its API server is told once and
 * not for each resource.
 */
export function readProblems(
  config: ClusterConfig,
  reports: WatchReport[],
  { isAmbient }: { isAmbient: boolean },
): MeshReadProblem[] {
  const problems = new Map<string, MeshReadProblem>();
  for (const { resource, status } of reports) {
    const problem = status.error && problemOf(config, resource, status.error);
    const isIdle = OF_AMBIENT.has(resource.name) && !isAmbient;
    if (problem && !(isIdle && status.error?.statusCode === 403)) {
      problems.set(problem.what, problem);
    }
  }
  return [...problems.values()];
}

/** Problems with what was read: no mesh config, or no istiod. */
export function contentProblems(
  config: ClusterConfig,
  meshConfig: ReadMeshConfig | undefined,
  istiod: { read: boolean; facts: IstiodFacts | undefined },
): MeshReadProblem[] {
  const problems: MeshReadProblem[] = [];
  const where = `namespace '${config.istioNamespace}' of cluster '${config.name}'`;
  const mend = `Set istioNamespace and revision of cluster '${config.name}' in meshTracing.clusters to where istiod runs.`;
  for (const problem of meshConfig?.problems ?? []) {
    problems.push(meshConfigProblem(config, problem, istiod.facts, where));
  }
  if (
    istiod.facts?.sharedMeshConfig &&
    istiod.facts.sharedMeshConfig.name === undefined
  ) {
    problems.push({
      what: 'shared mesh config',
      message: `Istiod in ${where} takes SHARED_MESH_CONFIG from elsewhere, so which ConfigMap it merges into the mesh config is unknown.`,
      whatToDo:
        "Write the ConfigMap's name as the value of SHARED_MESH_CONFIG in istiod's Deployment.",
    });
  }
  if (istiod.read && !istiod.facts) {
    problems.push({
      what: 'istiod',
      message: `There is no Deployment of istiod (label app=istiod) in ${where}; defaults are assumed for its version and environment.`,
      whatToDo: mend,
    });
  }
  return problems;
}

function meshConfigProblem(
  config: ClusterConfig,
  { source, kind, reason }: MeshConfigProblem,
  istiod: IstiodFacts | undefined,
  where: string,
): MeshReadProblem {
  if (kind === 'missing') {
    return {
      what: 'mesh config',
      message: `There is no ConfigMap '${meshConfigMapName(
        config,
      )}' with the key 'mesh' in ${where}; Istio's defaults are assumed.`,
      whatToDo: `Set istioNamespace and revision of cluster '${config.name}' in meshTracing.clusters to where istiod runs.`,
    };
  }
  const own = source === 'own';
  const name = own
    ? meshConfigMapName(config)
    : istiod?.sharedMeshConfig?.name ?? '';
  return {
    what: own ? 'mesh config' : 'shared mesh config',
    message: `Istiod does not take the ${
      own ? '' : 'shared '
    }mesh config in ConfigMap '${name}' in ${where}: ${reason}. It goes on with what it had before, which is not known; Istio's defaults are assumed.`,
    whatToDo: "Correct the ConfigMap's key 'mesh'.",
  };
}

function problemOf(
  config: ClusterConfig,
  resource: WatchedResource<unknown>,
  error: ApiServerError,
): MeshReadProblem | undefined {
  const { name } = config;
  if (error.kind === 'refused' && error.statusCode === 403) {
    if (MAY_BE_FORBIDDEN.has(resource.name)) {
      return undefined;
    }
    const what = whatOf(config, resource);
    return {
      what,
      message: `The portal may not read ${describe(
        resource,
      )} of cluster '${name}'${CONSEQUENCES.get(what) ?? ''}.`,
      whatToDo: `Grant the portal's identity ${rbacRule({
        apiGroup: resource.apiGroup,
        resource: resource.name,
        verbs: ['get', 'list', 'watch'],
        ...(resource.namespace ? { namespace: resource.namespace } : {}),
        ...(resource.objectName ? { resourceName: resource.objectName } : {}),
      })}.`,
    };
  }
  if (error.kind === 'refused' && error.statusCode === 404) {
    return OPTIONAL.has(resource.name)
      ? undefined
      : {
          what: resource.name,
          message: `Cluster '${name}' does not serve ${resource.name}.${resource.apiGroup}.`,
          whatToDo: `Install Istio in cluster '${name}', or remove the cluster from meshTracing.clusters.`,
        };
  }
  return serverProblem(name, resource, error);
}

/** Trouble that concerns the API server rather than one resource. */
function serverProblem(
  cluster: string,
  resource: WatchedResource<unknown>,
  error: ApiServerError,
): MeshReadProblem {
  const server = `The API server of cluster '${cluster}'`;
  const what = 'API server';
  if (error.kind === 'refused' && error.statusCode === 401) {
    return {
      what,
      message: `${server} does not accept the portal's credentials.`,
      whatToDo: `Renew the credentials of cluster '${cluster}' in meshTracing.clusters.`,
    };
  }
  switch (error.kind) {
    case 'refused':
      return {
        what: resource.name,
        message: `${server} answered ${error.statusCode} to a read of ${resource.name}: ${error.message}`,
        whatToDo: 'Nothing, if it passes; else look at the API server.',
      };
    case 'credentials':
      return {
        what,
        message: `The portal's credentials for cluster '${cluster}' could not be read.`,
        whatToDo: `Check the files that the connection of cluster '${cluster}' in meshTracing.clusters names.`,
      };
    case 'unexpected':
      return {
        what,
        message: `What answers for the API server of cluster '${cluster}' is none: ${error.message}.`,
        whatToDo: `Check the address of cluster '${cluster}' in meshTracing.clusters, and what stands between.`,
      };
    default:
      return {
        what,
        message: `${server} can not be reached: ${error.message}.`,
        whatToDo: `Check that it runs and that the portal can reach it; the portal tries again by itself.`,
      };
  }
}

function whatOf(
  config: ClusterConfig,
  { name, objectName }: WatchedResource<unknown>,
): string {
  if (!objectName) {
    return name;
  }
  return objectName === meshConfigMapName(config)
    ? 'mesh config'
    : 'shared mesh config';
}

function describe(resource: WatchedResource<unknown>): string {
  if (resource.objectName) {
    return `the ConfigMap '${resource.objectName}' in namespace '${resource.namespace}'`;
  }
  return resource.name;
}
