import type { EnvoyFilterTouch } from './model';
import { isRecord } from './readLabels';

/** Fields of Envoy's HTTP connection manager, in both spellings. */
const FIELDS = new Map<string, EnvoyFilterTouch>([
  ['tracing', 'tracing'],
  ['random_sampling', 'tracing'],
  ['client_sampling', 'tracing'],
  ['overall_sampling', 'tracing'],
  ['start_child_span', 'tracing'],
  ['spawn_upstream_span', 'tracing'],
  ['generate_request_id', 'request-id'],
  ['preserve_external_request_id', 'request-id'],
  ['always_set_request_id_in_response', 'request-id'],
  ['request_id_extension', 'request-id'],
]);

/** Headers that carry a trace or decide about one; Envoy's and the usual tracers'. */
const TRACE_HEADERS = [
  'traceparent',
  'tracestate',
  'x-b3-',
  'x-client-trace-id',
  'x-envoy-force-trace',
  'x-ot-span-context',
  'x-datadog-',
  'x-cloud-trace-context',
  'uber-trace-id',
  'sw8',
] as const;
const TRACER_TYPES = [
  'envoy.config.trace.',
  'envoy.tracers.',
  'envoy.extensions.tracers.',
] as const;

/** Patches are small; what is larger is not read to its end. */
const MAX_TEXT_LENGTH = 256 * 1024;
const MAX_VALUES = 50_000;

/** What the patches of an EnvoyFilter touch of tracing, sorted. */
export function touchesOf(patches: unknown): EnvoyFilterTouch[] {
  const found = new Set<EnvoyFilterTouch>();
  const left: unknown[] = [patches];
  for (let seen = 0; left.length > 0 && seen < MAX_VALUES; seen++) {
    const value = left.pop();
    if (typeof value === 'string') {
      addTextTouches(found, value);
    } else if (Array.isArray(value)) {
      for (const item of value) left.push(item);
    } else if (isRecord(value)) {
      for (const [key, item] of Object.entries(value)) {
        addFieldTouch(found, key, item);
        left.push(item);
      }
    }
  }
  return [...found].sort();
}

function addFieldTouch(
  found: Set<EnvoyFilterTouch>,
  key: string,
  value: unknown,
): void {
  const touch = FIELDS.get(snakeCase(key));
  // A text under that name is no section of the connection manager, but perhaps
  // a label in the metadata of a proxy.
  if (touch && typeof value !== 'string') found.add(touch);
}

function addTextTouches(found: Set<EnvoyFilterTouch>, value: string): void {
  const text = value.slice(0, MAX_TEXT_LENGTH).toLowerCase();
  if (TRACER_TYPES.some(type => text.includes(type))) found.add('tracing');
  if (hasHeader(text)) found.add('trace-headers');
  if (text.includes('x-request-id')) found.add('request-id');
}

function hasHeader(text: string): boolean {
  // The name of B3's single header is so short that code may hold it by chance,
  // so only the whole text counts.
  return text === 'b3' || TRACE_HEADERS.some(header => text.includes(header));
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}
