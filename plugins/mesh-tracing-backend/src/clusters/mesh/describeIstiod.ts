import {
  versionOfImage,
  type KubernetesContainer,
  type KubernetesController,
} from 'backstage-plugin-mesh-tracing-common';

/** Settings of istiod, as far as its Deployment shows them. */
export interface IstiodFacts {
  namespace: string;
  name: string;
  /** Label `istio.io/rev` of the Deployment. */
  revisionLabel?: string;
  version?: string;
  /** Environment variable `REVISION`. */
  revision?: string;
  traceSamplingPercent?: number;
  selectorBasedGatewayPolicy?: boolean;
  /**
   * Environment variable `CLUSTER_ID`, or Istio's default; absent where it is set by
   * `valueFrom`.
   */
  clusterId?: string;
  /**
   * The ConfigMap that `SHARED_MESH_CONFIG` names; without a name where the
   * variable is set by `valueFrom`, so that the Deployment does not show it.
   */
  sharedMeshConfig?: { name?: string };
  /** False when a variable that decides about tracing is set by `valueFrom`. */
  environmentKnown: boolean;
  /** DNS domain of Kubernetes services, from the argument `--domain`. */
  domain: string;
}

/** Istio's default where `CLUSTER_ID` is not set. */
const DEFAULT_CLUSTER_ID = 'Kubernetes';
type EnvironmentVariable = NonNullable<KubernetesContainer['env']>[number];

const DEFAULT_DOMAIN = 'cluster.local';
/** What istiod takes instead of a `PILOT_TRACE_SAMPLING` outside of 0 to 100. */
const FALLBACK_SAMPLING_PERCENT = 1;
const READ = [
  'PILOT_TRACE_SAMPLING',
  'ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY',
  'REVISION',
] as const;
const SHARED_MESH_CONFIG = 'SHARED_MESH_CONFIG';
/** Texts that istiod takes for true, as it reads them with Go's `strconv.ParseBool`. */
const TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** Istiod's settings; undefined for a Deployment without the label `app: istiod`. */
export function describeIstiod(
  deployment: KubernetesController,
): IstiodFacts | undefined {
  const { metadata, spec } = deployment;
  if (metadata?.labels?.app !== 'istiod') {
    return undefined;
  }
  const containers = spec?.template?.spec?.containers ?? [];
  const container =
    containers.find(({ name }) => name === 'discovery') ?? containers[0];
  const facts: IstiodFacts = {
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    ...settings(container),
    domain: flag(container, '--domain') ?? DEFAULT_DOMAIN,
  };
  const version =
    versionOfImage(container?.image) ??
    versionOfImage(`:${metadata.labels['app.kubernetes.io/version'] ?? ''}`);
  if (version) {
    facts.version = version;
  }
  const revisionLabel = metadata.labels['istio.io/rev'];
  if (revisionLabel) {
    facts.revisionLabel = revisionLabel;
  }
  return facts;
}

function settings(container: KubernetesContainer | undefined) {
  const variables = new Map(
    (container?.env ?? []).map(variable => [variable.name ?? '', variable]),
  );
  const value = (name: (typeof READ)[number]) => variables.get(name)?.value;
  const clusterId = container && clusterIdOf(variables.get('CLUSTER_ID'));
  const traceSamplingPercent = parseSampling(value('PILOT_TRACE_SAMPLING'));
  const selectorBasedGatewayPolicy = parseBoolean(
    value('ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY'),
  );
  const revision = value('REVISION');
  const sharedMeshConfig = sharedConfigMap(variables.get(SHARED_MESH_CONFIG));
  return {
    ...(revision ? { revision } : {}),
    ...(clusterId ? { clusterId } : {}),
    sharedMeshConfig,
    traceSamplingPercent,
    selectorBasedGatewayPolicy,
    environmentKnown:
      container !== undefined &&
      READ.every(name => variables.get(name)?.valueFrom === undefined),
  };
}

function clusterIdOf(
  variable: { value?: string; valueFrom?: unknown } | undefined,
): string | undefined {
  return variable?.valueFrom === undefined
    ? variable?.value || DEFAULT_CLUSTER_ID
    : undefined;
}

function sharedConfigMap(
  variable: EnvironmentVariable | undefined,
): IstiodFacts['sharedMeshConfig'] {
  if (variable?.value) {
    return { name: variable.value };
  }
  return variable?.valueFrom === undefined ? undefined : {};
}

function parseSampling(text: string | undefined): number | undefined {
  const percent = text?.trim() ? Number(text) : NaN;
  if (Number.isNaN(percent)) {
    return undefined;
  }
  return percent >= 0 && percent <= 100 ? percent : FALLBACK_SAMPLING_PERCENT;
}

function parseBoolean(text: string | undefined): boolean | undefined {
  if (text !== undefined && TRUE.has(text)) {
    return true;
  }
  return text !== undefined && FALSE.has(text) ? false : undefined;
}

/** The value of an argument that is written `--name value` or `--name=value`. */
function flag(
  container: KubernetesContainer | undefined,
  name: string,
): string | undefined {
  const args = container?.args ?? [];
  const index = args.indexOf(name);
  return index >= 0
    ? args[index + 1]
    : args
        .find(argument => argument.startsWith(`${name}=`))
        ?.slice(name.length + 1);
}
