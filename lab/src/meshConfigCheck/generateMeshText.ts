import type { Random } from '../checks/Random';
import type { DeclaredField, Declarations } from './Declarations';
import { scalarText } from './scalarTexts';

/** What decides about tracing; chosen far more often than the rest. */
const MATTERS = new Set(
  'rootNamespace enableTracing defaultProviders extensionProviders defaultConfig discoverySelectors tracing customTags sampling maxPathTagLength enableIstioTags zipkin datadog opentelemetry skywalking service port maxTagLength dynatraceSampler httpService http tracingServiceName serviceCluster name literal environment header value defaultValue'.split(
    ' ',
  ),
);
/** Judged by istiod with rules that are not about tracing. */
const LEFT_OUT = new Set(
  'localityLbSetting zoneAwareLbSetting serviceSettings meshMTLS tlsDefaults tlsSettings defaultTrafficPolicy privateKeyProvider connectionSettings envoyMetricsService envoyAccessLogService certificates caCertificates configSources ca'.split(
    ' ',
  ),
);
const KEYS = [
  'team',
  'on',
  'y',
  '1_0',
  '017',
  '1.5',
  '"no"',
  'null_',
  '12:30',
  'a-b',
];
const NAMES = [
  'otel',
  'zipkin',
  'envoy',
  'prometheus',
  "'on'",
  'Otel',
  '"1_0"',
];
/** Messages are nested no deeper than this. */
const MAX_DEPTH = 7;

interface Writer {
  random: Random;
  declarations: Declarations;
  /** Anchors written so far, by type. */
  anchors: Map<string, string[]>;
  count: number;
}

/** The text of a mesh config as people may have written it, YAML 1.1 and all. */
export function generateMeshText(
  random: Random,
  declarations: Declarations,
): string {
  if (random.chance(0.01)) {
    return random.pick(['', '~', 'hello', '[]', 'a: b: c', '# nothing\n', '{']);
  }
  const writer: Writer = { random, declarations, anchors: new Map(), count: 0 };
  const entries = fieldEntries(writer, 'MeshConfig', 0);
  const head = random.chance(0.2) ? '# Written by hand\n---\n' : '';
  return `${head}${entries.map(entry => `${entry}\n`).join('')}${
    entries.length === 0 ? '{}\n' : ''
  }`;
}

function fieldEntries(writer: Writer, type: string, depth: number): string[] {
  const { random, declarations } = writer;
  const fields = (declarations.messages.get(type) ?? []).filter(
    ({ names: [json] }) =>
      !LEFT_OUT.has(json) && random.chance(MATTERS.has(json) ? 0.55 : 0.05),
  );
  const shuffled = random.chance(0.5) ? fields : [...fields].reverse();
  const entries = shuffled.map(field => fieldEntry(writer, field, depth));
  if (random.chance(0.04)) entries.push('unknownField: {a: on}');
  const again = shuffled[0];
  // Of keys that come twice the last counts; of two spellings the JSON one.
  if (again && random.chance(0.06)) {
    entries.push(fieldEntry(writer, again, depth));
  }
  return depth > 0 && random.chance(0.12)
    ? merged(writer, type, entries, depth)
    : entries;
}

/** With a merge key somewhere among the entries. */
function merged(
  writer: Writer,
  type: string,
  entries: string[],
  depth: number,
): string[] {
  const { random } = writer;
  const known = writer.anchors.get(type);
  const source =
    known && random.chance(0.5)
      ? `*${random.pick(known)}`
      : flowMap(fieldEntries(writer, type, depth + 1));
  const several = random.chance(0.3) ? `[${source}, {unknown: 1}]` : source;
  const at = random.between(0, entries.length);
  return [...entries.slice(0, at), `<<: ${several}`, ...entries.slice(at)];
}

function fieldEntry(
  writer: Writer,
  field: DeclaredField,
  depth: number,
): string {
  const { random } = writer;
  const [json, proto] = field.names;
  const name = random.chance(0.75) ? json : proto;
  if (random.chance(0.015)) return `${name}: ${random.pick(['~', 'null', ''])}`;
  return `${name}: ${fieldText(writer, field, depth)}`;
}

function fieldText(
  writer: Writer,
  field: DeclaredField,
  depth: number,
): string {
  const { random } = writer;
  const one = () => valueText(writer, field, depth);
  switch (field.kind) {
    case 'list':
      return `[${Array.from({ length: random.between(0, 3) }, one).join(
        ', ',
      )}]`;
    case 'map':
      return flowMap(
        random
          .some(KEYS, 0.25)
          .map(key => `${key}: ${valueText(writer, field, depth)}`),
      );
    default:
      return one();
  }
}

function valueText(
  writer: Writer,
  { names: [name], type }: DeclaredField,
  depth: number,
): string {
  const { random, declarations, anchors } = writer;
  const known = anchors.get(type);
  if (known && random.chance(0.04)) return `*${random.pick(known)}`;
  const isMessage = declarations.messages.has(type);
  if (isMessage && depth > MAX_DEPTH) return '{}';
  const named = name === 'name' || name === 'tracing';
  const scalar = () =>
    named && type === 'string' && random.chance(0.95)
      ? random.pick(NAMES)
      : scalarText(random, declarations, name, type);
  const anchored = random.chance(0.06) ? anchor(writer) : '';
  const text = isMessage ? messageText(writer, type, depth) : scalar();
  // Known only now, so that no alias stands inside what it stands for.
  if (anchored) anchors.set(type, [...(known ?? []), anchored]);
  return anchored ? `&${anchored} ${text}` : text;
}

function messageText(writer: Writer, type: string, depth: number): string {
  if (writer.random.chance(0.003)) return writer.random.pick(['x', '12', '[]']);
  return flowMap(fieldEntries(writer, type, depth + 1));
}

function anchor(writer: Writer): string {
  writer.count += 1;
  return `a${writer.count}`;
}

function flowMap(entries: string[]): string {
  return `{${entries.join(', ')}}`;
}
