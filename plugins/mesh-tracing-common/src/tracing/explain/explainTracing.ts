import type {
  AmbientTracing,
  EffectiveTracing,
  EffectiveTracingSide,
  Sourced,
  TracingSource,
} from '../model/EffectiveTracing';
import type { CustomTag } from '../../meshconfig';
import {
  SIDE_FIELDS,
  TRACING_SIDES,
  type TracingField,
} from '../sides/sideFields';
import { describeSource } from './describeSource';
import { formatPercent } from '../../shared/formatPercent';

/** Whose tracing is explained. @public */
export interface ExplainedWorkload {
  namespace: string;
  name: string;
}

const NO_TRACER =
  "Not traced: enableTracing is on, but the pod's bootstrap names no tracer, so no span leaves the proxy.";

/**
 * One plain sentence per field, by `client.samplingPercent` and the like:
 * "50 %, set by Telemetry production/critical-service-tracing (for this
 * workload); it replaces 10 % from istio-system/mesh-default-tracing". The key
 * `path` says how the whole came about.
 * @public
 */
export function explainTracing(
  effective: EffectiveTracing,
  workload: ExplainedWorkload,
): Record<string, string> {
  const sentences: Record<string, string> = {
    path: explainPath(effective, workload),
  };
  for (const side of TRACING_SIDES) {
    const tracing = effective[side];
    if (!tracing) continue;
    for (const field of SIDE_FIELDS) {
      sentences[`${side}.${field}`] = explainField(tracing, field);
    }
  }
  return sentences;
}

function explainPath(
  effective: EffectiveTracing,
  { namespace, name }: ExplainedWorkload,
): string {
  const who = `${namespace}/${name}`;
  if (effective.ambient) {
    return explainAmbient(effective, effective.ambient, who);
  }
  if (effective.path === 'none') {
    return `${who} has no proxy that could trace.`;
  }
  if (effective.path === 'legacy') {
    return `No Telemetry and no default provider concern ${who}: enableTracing of the mesh config and the pod's ProxyConfig decide.`;
  }
  if (effective.chain.length === 0) {
    return `No Telemetry applies to ${who}: the mesh's default provider and Istio's defaults decide.`;
  }
  const chain = effective.chain.map(link => `${link.namespace}/${link.name}`);
  return `${who} is configured by ${chain.join(', then ')}; later ones win.`;
}

/** Which waypoint traces, and which label says so. */
function explainAmbient(
  effective: EffectiveTracing,
  { routes }: AmbientTracing,
  who: string,
): string {
  const route = routes.find(({ state }) => state === 'waypoint');
  if (!route?.waypoint) {
    return `${who} has no proxy of its own, and its requests pass no waypoint: nothing of the mesh traces them.`;
  }
  const { waypoint, label, to } = route;
  const target =
    to.kind === 'Workload' ? 'its pods' : `its ${to.kind} ${to.name}`;
  const name = `${waypoint.namespace}/${waypoint.name}`;
  const because = label
    ? `, by the label istio.io/use-waypoint of ${label.kind} ${label.name}`
    : '';
  const begin = `${who} has no proxy of its own: requests to ${target} are traced by the waypoint ${name}${because}.`;
  return effective.path === 'none'
    ? `${begin} It has no pods whose configuration could be told.`
    : `${begin} ${explainPath(
        { ...effective, ambient: undefined },
        splitName(name),
      )}`;
}

function splitName(id: string): ExplainedWorkload {
  const [namespace = '', name = ''] = id.split('/');
  return { namespace, name };
}

function explainField(
  tracing: EffectiveTracingSide,
  field: TracingField,
): string {
  const sourced: Sourced<unknown> = tracing[field];
  if (field === 'enabled') {
    if (!tracing.enabled.value) return explainOff(tracing);
    if (tracing.spanReporting === 'no-tracer') return NO_TRACER;
  }
  const value = describeValue(field, sourced.value);
  const isIdle =
    field === 'samplingPercent' && tracing.spanReporting !== 'reported';
  const effect = isIdle ? ' (without effect, as no span leaves the proxy)' : '';
  const origin = `${value}${effect}, ${originOf(sourced.source)}`;
  const [replaced] = sourced.shadowed;
  if (!replaced || replaced.source.kind === 'built-in-default') {
    return `${origin}.`;
  }
  const before = describeValue(field, replaced.value);
  return `${origin}; it replaces ${before} from ${shortSource(
    replaced.source,
  )}.`;
}

function explainOff({ enabled, provider }: EffectiveTracingSide): string {
  if (provider.value === null && enabled.source.kind !== 'mesh-config') {
    return provider.source.kind === 'built-in-default'
      ? 'Tracing off, because no provider is named anywhere.'
      : `Tracing off, because ${describeSource(
          provider.source,
        )} names a provider that the mesh does not have.`;
  }
  return enabled.source.kind === 'provider'
    ? `Tracing off, because provider ${enabled.source.provider} cannot be used.`
    : `Tracing off, set by ${describeSource(enabled.source)}.`;
}

function originOf(source: TracingSource): string {
  return source.kind === 'built-in-default'
    ? "Istio's default"
    : `set by ${describeSource(source)}`;
}

function shortSource(source: TracingSource): string {
  return source.kind === 'telemetry'
    ? `${source.namespace}/${source.name}`
    : describeSource(source);
}

/** A value of a field in words. */
export function describeValue(field: TracingField, value: unknown): string {
  if (field === 'samplingPercent' && typeof value === 'number') {
    return formatPercent(value);
  }
  if (field === 'maxTagLength')
    return `Paths in http.url cut after ${value} characters`;
  if (field === 'enabled') return value ? 'Tracing on' : 'Tracing off';
  if (field === 'customTags') return describeTags(value);
  if (field === 'provider') return describeProvider(value);
  if (field === 'disableContextPropagation') {
    return value ? 'Trace headers not passed on' : 'Trace headers passed on';
  }
  if (field === 'useRequestId') {
    return value
      ? 'The sampling decision uses x-request-id'
      : 'The sampling decision ignores x-request-id';
  }
  return value ? "Istio's tags on" : "Istio's tags off";
}

function describeTags(value: unknown): string {
  const names = Object.keys(value as Record<string, CustomTag>).sort();
  if (names.length === 0) return 'No custom tags';
  const shown = names.slice(0, 8).join(', ');
  const more = names.length > 8 ? ` and ${names.length - 8} more` : '';
  return `Custom tags ${shown}${more}`;
}

function describeProvider(value: unknown): string {
  const provider = value as { name: string; kind: string } | null;
  return provider
    ? `Provider ${provider.name} (${provider.kind})`
    : 'No provider';
}
