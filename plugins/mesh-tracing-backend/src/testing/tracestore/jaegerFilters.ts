import type { SpanSearch } from './SpanSearch';

const UNIT_NS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1_000,
  µs: 1_000,
  ms: 1_000_000,
  s: 1_000_000_000,
};

/** Nanoseconds of a Go duration; NaN for a text that is none, zero for none. */
export function nanosecondsOf(text: string | null): number {
  if (text === null || text === '') {
    return 0;
  }
  const match = /^(\d+(?:\.\d+)?)(ns|us|µs|ms|s)$/.exec(text);
  return match
    ? Number(match[1]) * (UNIT_NS[match[2] as string] as number)
    : Number.NaN;
}

/** The attributes of a filter; undefined where one is no text. */
export function attributesOf(
  json: string | null,
): SpanSearch['attributes'] | undefined {
  if (json === null || json === '') {
    return {};
  }
  const attributes = JSON.parse(json) as Record<string, unknown>;
  return Object.values(attributes).every(value => typeof value === 'string')
    ? (attributes as Record<string, string>)
    : undefined;
}

/** A whole number, or undefined for text, 1.5 and the like. */
export function wholeNumberOf(text: string): number | undefined {
  return /^-?\d+$/.test(text) ? Number(text) : undefined;
}

/** Nanoseconds since the epoch of RFC 3339 with up to nine digits. */
export function instantNsOf(text: string | null): bigint | undefined {
  const match =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(
      text ?? '',
    );
  const ms = match ? Date.parse(`${match[1]}${match[3]}`) : Number.NaN;
  return Number.isNaN(ms)
    ? undefined
    : BigInt(ms) * 1_000_000n + BigInt((match?.[2] ?? '').padEnd(9, '0'));
}
