import type {
  IgnoredReason,
  IgnoredTelemetry,
  TelemetryLevel,
  TracingSource,
} from '../model/EffectiveTracing';
import type { Telemetry } from './Telemetry';
import { FieldReader, isPresent, type FieldProblem } from '../../meshconfig';
import { readTracingEntry, type TracingEntry } from './readTracingEntry';

/** A target reference, normalised: the empty group is `core`. */
export interface TargetRef {
  group: string;
  kind: string;
  name: string;
  namespace: string;
}

/** A Telemetry, read once: everything that tracing depends on, in one shape. */
export interface TelemetryReading {
  /** Place in Istio's order over all Telemetries; 0 before they are sorted. */
  number: number;
  namespace: string;
  name: string;
  /** Milliseconds since 1970; minus infinity when absent. */
  createdMs: number;
  /** Value of the label `istio.io/rev`. */
  revision?: string;
  matchLabels: ReadonlyArray<readonly [key: string, value: string]>;
  targetRefs: readonly TargetRef[];
  /** No labels to match and no target: for the whole namespace. */
  namespaceWide: boolean;
  entries: readonly TracingEntry[];
  /** Non-empty: Istio could not read this object, it takes no part. */
  problems: readonly FieldProblem[];
  /** Why it may be ignored, in words, made when first needed. */
  ignored: Partial<Record<IgnoredReason, IgnoredTelemetry>>;
}

const REVISION_LABEL = 'istio.io/rev';

const UNREADABLE: Omit<TelemetryReading, 'problems' | 'ignored'> = {
  number: 0,
  namespace: '',
  name: '',
  createdMs: Number.NEGATIVE_INFINITY,
  matchLabels: [],
  targetRefs: [],
  namespaceWide: false,
  entries: [],
};

/** Reads a Telemetry of any shape. Never throws, never changes its input. */
export function readTelemetry(telemetry: unknown): TelemetryReading {
  const reader = new FieldReader();
  try {
    return readParts(reader, telemetry);
  } catch {
    reader.problem('', 'cannot be read: one of its fields throws');
    return { ...UNREADABLE, problems: reader.problems, ignored: {} };
  }
}

function readParts(reader: FieldReader, telemetry: unknown): TelemetryReading {
  const object = reader.record(telemetry, '');
  if (!object && reader.problems.length === 0) {
    reader.problem('', 'must be an object, but is missing');
  }
  const metadata = reader.record(object?.metadata, 'metadata') ?? {};
  const spec = reader.record(object?.spec, 'spec') ?? {};
  const matchLabels = readMatchLabels(reader, spec.selector);
  const targetRefs = readTargetRefs(reader, spec);
  const labels = reader.record(metadata.labels, 'metadata.labels');
  const revision = reader.text(labels?.[REVISION_LABEL], 'metadata.labels');
  return {
    number: 0,
    namespace: readIdentity(reader, metadata, 'namespace'),
    name: readIdentity(reader, metadata, 'name'),
    createdMs: readTimestamp(reader, metadata.creationTimestamp),
    revision,
    matchLabels,
    targetRefs,
    namespaceWide: matchLabels.length === 0 && targetRefs.length === 0,
    entries: (reader.list(spec.tracing, 'spec.tracing') ?? []).map((entry, i) =>
      readTracingEntry(reader, entry, i),
    ),
    problems: reader.problems,
    ignored: {},
  };
}

function readIdentity(
  reader: FieldReader,
  metadata: Record<string, unknown>,
  field: 'name' | 'namespace',
): string {
  const path = `metadata.${field}`;
  const text = reader.text(metadata[field], path);
  if (text === undefined && !isPresent(metadata[field])) {
    reader.problem(path, 'is missing');
  }
  return text ?? '';
}

function readTimestamp(reader: FieldReader, value: unknown): number {
  const path = 'metadata.creationTimestamp';
  const text = reader.text(value, path);
  if (text === undefined || text === '') return Number.NEGATIVE_INFINITY;
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return ms;
  reader.problem(path, 'is not a timestamp of RFC 3339');
  return Number.NEGATIVE_INFINITY;
}

function readMatchLabels(
  reader: FieldReader,
  value: unknown,
): Array<readonly [string, string]> {
  const selector = reader.record(value, 'spec.selector');
  const path = 'spec.selector.matchLabels';
  const labels = reader.record(selector?.matchLabels, path);
  if (!labels) return [];
  return Object.keys(labels).map(
    key => [key, reader.text(labels[key], `${path}.${key}`) ?? ''] as const,
  );
}

function readTargetRefs(
  reader: FieldReader,
  spec: Record<string, unknown>,
): TargetRef[] {
  const list = reader.list(spec.targetRefs, 'spec.targetRefs') ?? [];
  if (list.length > 0) {
    return list.map((ref, i) =>
      readTargetRef(reader, ref, `spec.targetRefs[${i}]`),
    );
  }
  if (spec.targetRef === undefined || spec.targetRef === null) return [];
  return [readTargetRef(reader, spec.targetRef, 'spec.targetRef')];
}

function readTargetRef(
  reader: FieldReader,
  value: unknown,
  path: string,
): TargetRef {
  const ref = reader.record(value, path) ?? {};
  return {
    group: reader.text(ref.group, `${path}.group`) || 'core',
    kind: reader.text(ref.kind, `${path}.kind`) ?? '',
    name: reader.text(ref.name, `${path}.name`) ?? '',
    namespace: reader.text(ref.namespace, `${path}.namespace`) ?? '',
  };
}

/**
 * The source that an entry of a reading is, at a level. One object per entry
 * and level, shared by all results, since thousands of workloads refer to it.
 */
export function telemetrySource(
  reading: TelemetryReading,
  entry: TracingEntry,
  level: TelemetryLevel,
): TracingSource {
  let source = entry.sources[level];
  if (!source) {
    source = {
      kind: 'telemetry',
      namespace: reading.namespace,
      name: reading.name,
      entry: entry.index,
      level,
    };
    entry.sources[level] = source;
  }
  return source;
}

/** `namespace/name` of a reading or a Telemetry. */
export function telemetryId(telemetry: TelemetryReading | Telemetry): string {
  return 'metadata' in telemetry
    ? `${telemetry.metadata.namespace}/${telemetry.metadata.name}`
    : `${telemetry.namespace}/${telemetry.name}`;
}
