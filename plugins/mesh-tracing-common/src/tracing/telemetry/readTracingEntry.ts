import type { TelemetryLevel, TracingSource } from '../model/EffectiveTracing';
import {
  type CustomTags,
  type FieldReader,
  readCustomTags,
} from '../../meshconfig';

/** One entry of `spec.tracing`, read; absent fields inherit. */
export interface TracingEntry {
  /** Index in `spec.tracing`. */
  index: number;
  client: boolean;
  server: boolean;
  /** Names in order; empty inherits. */
  providers: readonly string[];
  samplingPercent?: number;
  disableSpanReporting?: boolean;
  customTags?: CustomTags;
  istioTags?: boolean;
  useRequestId?: boolean;
  disableContextPropagation?: boolean;
  /** Provenance of this entry by level, made when first needed. */
  sources: Partial<Record<TelemetryLevel, TracingSource>>;
}

/** Reads one entry; `null` is an empty one, as for Istio's JSON reader. */
export function readTracingEntry(
  reader: FieldReader,
  value: unknown,
  index: number,
): TracingEntry {
  const path = `spec.tracing[${index}]`;
  const entry = reader.record(value, path) ?? {};
  const mode = readMode(reader, entry.match, `${path}.match`);
  const read: TracingEntry = {
    index,
    client: mode !== 'SERVER',
    server: mode !== 'CLIENT',
    providers: readProviders(reader, entry.providers, `${path}.providers`),
    samplingPercent: reader.number(
      entry.randomSamplingPercentage,
      `${path}.randomSamplingPercentage`,
    ),
    disableSpanReporting: reader.flag(
      entry.disableSpanReporting,
      `${path}.disableSpanReporting`,
    ),
    customTags: readCustomTags(reader, entry.customTags, `${path}.customTags`),
    istioTags: reader.flag(entry.enableIstioTags, `${path}.enableIstioTags`),
    useRequestId: reader.flag(
      entry.useRequestIdForTraceSampling,
      `${path}.useRequestIdForTraceSampling`,
    ),
    disableContextPropagation: reader.flag(
      entry.disableContextPropagation,
      `${path}.disableContextPropagation`,
    ),
    sources: {},
  };
  return read;
}

function readMode(reader: FieldReader, value: unknown, path: string): string {
  const mode = reader.record(value, path)?.mode ?? 'CLIENT_AND_SERVER';
  // Istio's JSON reader takes enum values by number as well.
  if (mode === 1) return 'CLIENT';
  if (mode === 2) return 'SERVER';
  if (typeof mode === 'number') return 'CLIENT_AND_SERVER';
  if (mode === 'CLIENT' || mode === 'SERVER' || mode === 'CLIENT_AND_SERVER') {
    return mode;
  }
  reader.problem(
    `${path}.mode`,
    'must be CLIENT, SERVER or CLIENT_AND_SERVER',
    typeof mode === 'string' ? unknownMode(mode) : undefined,
  );
  return 'CLIENT_AND_SERVER';
}

function readProviders(
  reader: FieldReader,
  value: unknown,
  path: string,
): string[] {
  return (reader.list(value, path) ?? []).map((provider, i) => {
    const read = reader.record(provider, `${path}[${i}]`);
    return reader.text(read?.name, `${path}[${i}].name`) ?? '';
  });
}

/** What Istio's JSON reader says, which quotes the JSON text once more. */
function unknownMode(mode: string): string {
  const quoted = JSON.stringify(JSON.stringify(mode));
  return `unknown value ${quoted} for enum istio.telemetry.v1alpha1.WorkloadMode`;
}
