import type { Span, Trace } from '../../traces';

/** A span as tests write it: id, start and duration, and what matters. */
export type SpanSketch = Partial<Omit<Span, 'spanId'>> & {
  id: string;
  parent?: string;
  start: number;
  duration: number;
};

/** A span id from a short name. */
export function spanIdOf(name: string): string {
  return [...name]
    .map(char => char.charCodeAt(0).toString(16).padStart(2, '0'))
    .join('')
    .padStart(16, '0');
}

/** A trace from sketches; offsets are the starts themselves. */
export function sketchTrace(sketches: SpanSketch[]): Trace {
  const spans = sketches.map(
    ({ id, parent, start, duration, ...rest }): Span => ({
      spanId: spanIdOf(id),
      ...(parent ? { parentSpanId: spanIdOf(parent) } : {}),
      service: 'service',
      operation: id,
      kind: 'internal',
      status: 'unset',
      offsetUs: start,
      durationUs: duration,
      attributes: {},
      resource: {},
      events: [],
      links: [],
      warnings: [],
      ...rest,
    }),
  );
  const ends = spans.map(span => span.offsetUs + span.durationUs);
  return {
    traceId: '0'.repeat(31).concat('1'),
    startTimeUs: 1_700_000_000_000_000,
    durationUs: ends.length > 0 ? Math.max(...ends) : 0,
    spans,
    warnings: [],
  };
}
