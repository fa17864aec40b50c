import type { TracingSource } from '../model/EffectiveTracing';
import { istioVersion, parseIstioVersion } from '../model/istioVersion';
import {
  type FieldProblem,
  FieldReader,
  isPresent,
  type MeshReading,
  type ProxyTracing,
  readProxyTracing,
} from '../../meshconfig';
import type { Istiod, TracingProxy } from '../model/MeshTracingInputs';
import { BUILT_IN_DEFAULT } from './Layers';
import { SINCE } from '../model/sinceVersion';

/** What istiod contributes by itself, the same for all of its proxies. */
export interface IstiodContext {
  istiod: Istiod;
  /** As `parseIstioVersion` gives it. */
  version: number;
  sampling: { value: number; source: TracingSource };
  selectorBasedGatewayPolicy: boolean;
  gatewayClassRefs: boolean;
  targetRefs: boolean;
  followsService: boolean;
  waypointPeerTags: boolean;
  gatewayUpstreamSpan: boolean;
  /** Versions of proxies that were read before. */
  proxyVersions: Map<unknown, number>;
}

/** A proxy with everything that decides what its listeners get. */
export interface ProxyContext {
  proxy: TracingProxy;
  labels: Readonly<Record<string, string>>;
  mesh: MeshReading;
  proxyTracing: ProxyTracing;
  proxyConfigSource: TracingSource;
  proxyProblems: readonly FieldProblem[];
  istiodSampling: { value: number; source: TracingSource };
  istioTagsInApi: boolean;
  formatterTags: boolean;
  contextPropagationSwitch: boolean;
  waypointPeerTags: boolean;
  gatewayUpstreamSpan: boolean;
  /** As `parseIstioVersion` gives it. */
  version: number;
}

const POD: TracingSource = Object.freeze({
  kind: 'proxy-config',
  origin: 'pod',
});
const MESH_DEFAULT: TracingSource = Object.freeze({
  kind: 'proxy-config',
  origin: 'mesh-default-config',
});
const DEFAULT_SAMPLING_PERCENT = 1;

/** Derives what istiod contributes; unknown versions count as the newest. */
export function istiodContext(istiod: Istiod): IstiodContext {
  const version = parseIstioVersion(istiod.version);
  return {
    istiod,
    version,
    sampling: istiodSampling(istiod),
    selectorBasedGatewayPolicy: istiod.selectorBasedGatewayPolicy !== false,
    targetRefs: version >= SINCE.targetRefs,
    gatewayClassRefs: version >= SINCE.gatewayClassRefs,
    followsService: version >= SINCE.waypointFollowsService,
    waypointPeerTags: version >= SINCE.waypointPeerTags,
    gatewayUpstreamSpan: gatewayUpstreamSpan(istiod, version),
    proxyVersions: new Map(),
  };
}

/** A percentage out of range counts as 1 % (Istio: features.TraceSampling). */
function istiodSampling(istiod: Istiod): IstiodContext['sampling'] {
  const percent = istiod.traceSamplingPercent;
  if (typeof percent !== 'number') {
    return {
      value: DEFAULT_SAMPLING_PERCENT,
      source: istiod.environmentKnown
        ? BUILT_IN_DEFAULT
        : fromEnvironment(true),
    };
  }
  const valid = percent >= 0 && percent <= 100;
  return {
    value: valid ? percent : DEFAULT_SAMPLING_PERCENT,
    source: fromEnvironment(!istiod.environmentKnown),
  };
}

function fromEnvironment(assumed: boolean): TracingSource {
  return {
    kind: 'istiod-environment',
    variable: 'PILOT_TRACE_SAMPLING',
    assumed,
  };
}

/**
 * Gateways start an upstream span always since 1.31; before, a feature flag
 * decided, off in 1.26 and 1.27 and on in 1.28 to 1.30 unless set.
 */
function gatewayUpstreamSpan(istiod: Istiod, version: number): boolean {
  if (version >= istioVersion(1, 31)) return true;
  if (version < istioVersion(1, 26)) return false;
  return istiod.spawnUpstreamSpanForGateway ?? version >= istioVersion(1, 28);
}

/**
 * Derives what a proxy contributes. A proxy that reports any ProxyConfig at all
 * hides the mesh's `defaultConfig` (Istio: ProxyConfigOrDefault).
 */
export function proxyContext(
  proxy: TracingProxy,
  mesh: MeshReading,
  istiod: IstiodContext,
): ProxyContext {
  const version = proxyVersion(proxy.version, istiod.proxyVersions);
  const reported = isPresent(proxy.proxyConfig);
  const reader = reported ? new FieldReader() : undefined;
  return {
    proxy,
    labels: proxy.labels ?? {},
    mesh,
    proxyTracing: reader
      ? safelyRead(reader, proxy.proxyConfig)
      : mesh.defaultProxyTracing,
    proxyConfigSource: reported ? POD : MESH_DEFAULT,
    proxyProblems: reader?.problems ?? [],
    istiodSampling: istiod.sampling,
    istioTagsInApi: istiod.version >= SINCE.istioTagsInApi,
    formatterTags:
      version >= SINCE.formatterTags && istiod.version >= SINCE.formatterTags,
    contextPropagationSwitch:
      version >= SINCE.contextPropagationSwitch &&
      istiod.version >= SINCE.contextPropagationSwitch,
    waypointPeerTags: istiod.waypointPeerTags && proxy.kind === 'waypoint',
    gatewayUpstreamSpan: istiod.gatewayUpstreamSpan,
    version,
  };
}

function safelyRead(reader: FieldReader, proxyConfig: unknown): ProxyTracing {
  try {
    return readProxyTracing(reader, proxyConfig, 'proxyConfig');
  } catch {
    reader.problem('proxyConfig', 'cannot be read: one of its fields throws');
    return {};
  }
}

function proxyVersion(text: unknown, known: Map<unknown, number>): number {
  let version = known.get(text);
  if (version === undefined) {
    version = parseIstioVersion(text);
    known.set(text, version);
  }
  return version;
}
