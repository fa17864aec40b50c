import type { CustomTag } from '../../meshconfig';
import { compareText } from '../../shared/compareText';
import type { TracingProxy } from '../model/MeshTracingInputs';

/** One tag of a listener's tracing configuration, as istiod sends it. @public */
export interface SentTag {
  tag: string;
  /** Who put it there. */
  origin: 'istio' | 'waypoint-peer' | 'custom';
  /** A constant. */
  literal?: string;
  requestHeader?: { name: string; defaultValue: string };
  environment?: { name: string; defaultValue: string };
  /** Key of the request's `envoy.filters.http.rbac` metadata. */
  rbacMetadataKey?: string;
  /** An Envoy access-log format string. */
  format?: string;
}

/** What decides which tags a listener sends. @public */
export interface SentTagsOptions {
  /** Istio's own tags are on. */
  istioTags: boolean;
  customTags: Record<string, CustomTag>;
  proxy: TracingProxy;
  /** The proxy is a waypoint of an Istio that adds tags of both peers. */
  waypointPeerTags: boolean;
}

/** Dry-run results of authorization policies, on spans if such policies exist. */
const DRY_RUN_TAGS = [
  ['allow_policy.name', 'istio_dry_run_allow_shadow_effective_policy_id'],
  ['allow_policy.result', 'istio_dry_run_allow_shadow_engine_result'],
  ['deny_policy.name', 'istio_dry_run_deny_shadow_effective_policy_id'],
  ['deny_policy.result', 'istio_dry_run_deny_shadow_engine_result'],
].map(
  ([name, rbacMetadataKey]): SentTag => ({
    tag: `istio.authorization.dry_run.${name}`,
    origin: 'istio',
    rbacMetadataKey,
  }),
);

const PEER_FIELDS = [
  ['workload', 'workload'],
  ['namespace', 'namespace'],
  ['cluster_id', 'cluster'],
  ['canonical_service', 'service'],
  ['canonical_revision', 'revision'],
  ['app', 'app'],
  ['app_version', 'version'],
  ['workload_type', 'type'],
  ['instance_name', 'name'],
] as const;

const PEER_TAGS = (['source', 'destination'] as const).flatMap(peer =>
  PEER_FIELDS.map(([name, field]): SentTag => {
    const state = peer === 'source' ? 'downstream' : 'upstream';
    return {
      tag: `istio.${peer}_${name}`,
      origin: 'waypoint-peer',
      format: `%FILTER_STATE(${state}_peer_obj:FIELD:${field})%`,
    };
  }),
);

/** Names of the tags that Istio may add by itself. */
export const ISTIO_TAG_NAMES: ReadonlySet<string> = new Set([
  'istio.canonical_revision',
  'istio.canonical_service',
  'istio.mesh_id',
  'istio.namespace',
  'istio.cluster_id',
  ...DRY_RUN_TAGS.map(tag => tag.tag),
  ...PEER_TAGS.map(tag => tag.tag),
]);

/**
 * All tags of a listener by name (Istio: configureCustomTags). A custom tag
 * with the name of one of Istio's appears beside it; which of the two ends up
 * on the span is undefined.
 * @public
 */
export function sentTags(options: SentTagsOptions): SentTag[] {
  const tags = [
    ...(options.istioTags ? istioTags(options.proxy) : []),
    ...(options.waypointPeerTags ? PEER_TAGS : []),
    ...Object.entries(options.customTags).map(customTag),
  ];
  return tags.sort((a, b) => compareText(a.tag, b.tag));
}

function istioTags(proxy: TracingProxy): SentTag[] {
  const labels = proxy.labels ?? {};
  const tag = (name: string, literal: string): SentTag => ({
    tag: `istio.${name}`,
    origin: 'istio',
    literal,
  });
  return [
    tag(
      'canonical_revision',
      labels['service.istio.io/canonical-revision'] || 'latest',
    ),
    tag(
      'canonical_service',
      labels['service.istio.io/canonical-name'] || 'unknown',
    ),
    tag('mesh_id', proxy.meshId || 'unknown'),
    tag('namespace', proxy.namespace || 'default'),
    tag('cluster_id', proxy.clusterId || 'unknown'),
    ...DRY_RUN_TAGS,
  ];
}

function customTag([name, tag]: [string, CustomTag]): SentTag {
  const sent: SentTag = { tag: name, origin: 'custom' };
  if (tag.literal) return { ...sent, literal: tag.literal.value ?? '' };
  if (tag.header) return { ...sent, requestHeader: named(tag.header) };
  if (tag.environment) return { ...sent, environment: named(tag.environment) };
  if (tag.formatter) return { ...sent, format: tag.formatter.value ?? '' };
  return sent;
}

function named(tag: { name?: string; defaultValue?: string }) {
  return { name: tag.name ?? '', defaultValue: tag.defaultValue ?? '' };
}
