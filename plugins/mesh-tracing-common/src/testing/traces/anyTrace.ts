import fc from 'fast-check';
import type { Span, Trace } from '../../traces';
import { sketchTrace } from './spans';

const MAX_SPANS = 14;

/**
 * Small random traces, malformed ones included: spans whose parent is missing,
 * their own, or one of their children; spans without extent, or outside of their
 * parents; consumers below producers, and spans that follow from their parents.
 */
export const anyTrace: fc.Arbitrary<Trace> = fc
  .array(
    fc.record({
      // 0 is a root; beyond the trace's spans, the parent is missing.
      parent: fc.nat({ max: MAX_SPANS + 2 }),
      start: fc.nat({ max: 40 }),
      duration: fc.nat({ max: 30 }),
      kind: fc.constantFrom<Span['kind']>('server', 'producer', 'consumer'),
      followsFrom: fc.integer({ min: 0, max: 4 }).map(n => n === 0),
    }),
    { minLength: 1, maxLength: MAX_SPANS },
  )
  .map(rows =>
    sketchTrace(
      rows.map(({ parent, followsFrom, ...rest }, i) => ({
        ...rest,
        id: `s${i}`,
        ...(parent > 0 ? { parent: `s${parent - 1}` } : {}),
        ...(parent > 0 && followsFrom ? { followsFrom } : {}),
      })),
    ),
  );

function parentOf(trace: Trace, span: Span | undefined): Span | undefined {
  return trace.spans.find(({ spanId }) => spanId === span?.parentSpanId);
}

/** The spans that lie on the cycle of parents through a span; none if it is on none. */
export function cycleThrough(trace: Trace, span: Span): Span[] {
  const members = [span];
  for (let step = 0; step < trace.spans.length; step++) {
    const parent = parentOf(trace, members[members.length - 1]);
    if (parent === span) {
      return members;
    }
    if (!parent) {
      return [];
    }
    members.push(parent);
  }
  return [];
}

/** Whether a span begins its cycle: the earliest, the first of the list among equals. */
export function breaksCycle(trace: Trace, span: Span): boolean {
  const cycle = trace.spans.filter(other =>
    cycleThrough(trace, span).includes(other),
  );
  const earliest = Math.min(...cycle.map(({ offsetUs }) => offsetUs));
  return cycle.find(({ offsetUs }) => offsetUs === earliest) === span;
}

/** The children of a span, or the roots, by definition; in the order of the trace. */
export function childrenOf(trace: Trace, parent: Span | undefined): Span[] {
  return trace.spans.filter(
    span =>
      (breaksCycle(trace, span) ? undefined : parentOf(trace, span)) === parent,
  );
}

/** The children that a span waits for, by definition. */
export function blockingChildrenOf(trace: Trace, parent: Span): Span[] {
  return childrenOf(trace, parent).filter(
    ({ kind, followsFrom }) =>
      !followsFrom && !(parent.kind === 'producer' && kind === 'consumer'),
  );
}
