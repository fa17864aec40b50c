import { isPresent, type FieldReader } from './FieldReader';
import { readCustomTags, type CustomTags } from './readCustomTags';

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
  ['zipkin', 'zipkin'],
  ['lightstep', 'lightstep'],
  ['datadog', 'datadog'],
  ['stackdriver', 'stackdriver'],
  ['openCensusAgent', 'open_census_agent'],
] as const;

/** Reads the tracing part of a ProxyConfig of any shape. */
export function readProxyTracing(
  reader: FieldReader,
  proxyConfig: unknown,
  path: string,
): ProxyTracing {
  const config = reader.record(proxyConfig, path);
  const at = `${path}.tracing`;
  const tracing = reader.record(config?.tracing, at);
  if (!tracing) return {};
  const tags = tracing.customTags ?? tracing.custom_tags;
  const length = tracing.maxPathTagLength ?? tracing.max_path_tag_length;
  const istioTags = tracing.enableIstioTags ?? tracing.enable_istio_tags;
  return {
    samplingPercent:
      reader.number(tracing.sampling, `${at}.sampling`) || undefined,
    customTags: withoutForeignKinds(
      readCustomTags(reader, tags, `${at}.customTags`),
    ),
    maxTagLength: reader.number(length, `${at}.maxPathTagLength`) || undefined,
    istioTags: reader.flag(istioTags, `${at}.enableIstioTags`),
    tracer: BOOTSTRAP_TRACERS.find(
      names => isPresent(tracing[names[0]]) || isPresent(tracing[names[1]]),
    )?.[0],
  };
}

/** ProxyConfig knows no formatter; istiod leaves tags without a kind out. */
function withoutForeignKinds(
  tags: CustomTags | undefined,
): CustomTags | undefined {
  if (!tags) return undefined;
  const known = Object.entries(tags).filter(
    ([, tag]) => tag.literal || tag.environment || tag.header,
  );
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}
