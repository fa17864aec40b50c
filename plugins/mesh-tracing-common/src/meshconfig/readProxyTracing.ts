import type { CustomTag } from './CustomTag';
import {
  decodeProtoJson,
  type DecodedMessage,
} from './protojson/decodeProtoJson';
import type { FieldReader } from './protojson/FieldReader';
import type { CustomTags } from './readCustomTags';

/** What a ProxyConfig says about tracing; absent fields are unset. */
export interface ProxyTracing {
  /** Percent as written; 0 is unset and not kept. */
  samplingPercent?: number;
  /** Never empty. Only kinds that ProxyConfig knows. */
  customTags?: CustomTags;
  /** Characters; 0 is unset and not kept. */
  maxTagLength?: number;
  istioTags?: boolean;
  /** Kind of the tracer that the pod's bootstrap configures. */
  tracer?: string;
}

const BOOTSTRAP_TRACERS = [
  'zipkin',
  'lightstep',
  'datadog',
  'stackdriver',
  'openCensusAgent',
] as const;

interface DecodedTracing {
  sampling?: number;
  customTags?: CustomTags;
  maxPathTagLength?: number;
  enableIstioTags?: boolean;
}

/** Reads the tracing part of a ProxyConfig of any shape, as Istio does. */
export function readProxyTracing(
  reader: FieldReader,
  proxyConfig: unknown,
  path: string,
): ProxyTracing {
  return tracingOf(decodeProtoJson(reader, 'ProxyConfig', proxyConfig, path));
}

/** The tracing part of a ProxyConfig that was decoded. */
export function tracingOf(
  proxyConfig: DecodedMessage | undefined,
): ProxyTracing {
  const tracing = proxyConfig?.tracing as
    | (DecodedTracing & DecodedMessage)
    | undefined;
  if (!tracing) return {};
  return {
    samplingPercent: tracing.sampling || undefined,
    customTags: tagsOf(tracing.customTags),
    maxTagLength: tracing.maxPathTagLength || undefined,
    istioTags: tracing.enableIstioTags,
    tracer: BOOTSTRAP_TRACERS.find(kind => tracing[kind] !== undefined),
  };
}

/** The tags that istiod sends: it leaves out those without a kind. */
function tagsOf(tags: CustomTags | undefined): CustomTags | undefined {
  const known = Object.entries(tags ?? {})
    .filter(([, tag]) => Object.keys(tag).length > 0)
    .map(([name, tag]) => [name, complete(tag)] as const);
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}

/**
 * A tag as istiod sends it: an absent text is the empty one, and an empty
 * default value is left out.
 */
function complete({ literal, environment, header }: CustomTag): CustomTag {
  if (literal) return { literal: { value: literal.value ?? '' } };
  if (environment) return { environment: named(environment) };
  return header ? { header: named(header) } : {};
}

function named({
  name,
  defaultValue,
}: {
  name?: string;
  defaultValue?: string;
}) {
  return { name: name ?? '', ...(defaultValue ? { defaultValue } : {}) };
}
