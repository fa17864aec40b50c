import type { Span, SpanKind, Trace } from '../model/Trace';
import { arrangeTrace, type ArrangedTrace } from './arrangeTrace';
import { sortRange, type SpanForest } from './SpanForest';

/** A stretch of time during which the trace waited for one span. @public */
export interface CriticalPathSegment {
  spanId: string;
  /** Since `Trace.startTimeUs`. */
  startUs: number;
  /** Since `Trace.startTimeUs`; always greater than `startUs`. */
  endUs: number;
}

/** What the walk needs to know of the spans. */
export interface CriticalPathInput {
  starts: Float64Array;
  ends: Float64Array;
  forest: SpanForest;
  /** Whether a span waits for that child; asynchronous ones do not count. */
  isBlocking: (parent: number, child: number) => boolean;
}

/**
 * Whether spans of the first kind wait for children of the second: a consumer runs
 * after its producer went on.
 */
export function isBlockingKind(parent: SpanKind, child: SpanKind): boolean {
  return !(parent === 'producer' && child === 'consumer');
}

/**
 * Whether a span waits for a child. It does not for a consumer of what it
 * produced, nor for one that refers to it by FOLLOWS_FROM.
 */
export function isBlockingChild(
  parent: Pick<Span, 'kind'>,
  child: Pick<Span, 'kind' | 'followsFrom'>,
): boolean {
  return !child.followsFrom && isBlockingKind(parent.kind, child.kind);
}

/**
 * Walks the critical path of every tree of the forest, backwards in time: from a
 * span's end to the child that ended last before, through that child to its
 * start, and so on. Children are clipped to their (clipped) parents. Iterative,
 * n log n, one stack frame a level.
 */
export function walkCriticalPath(
  input: CriticalPathInput,
  emit: (span: number, start: number, end: number) => void,
): void {
  const { starts, ends, forest } = input;
  const clipped = clip(input);
  const byEnd = sortChildrenByEnd(clipped, starts, forest);
  const next = forest.firstChild.slice();
  const now = new Float64Array(starts.length);
  for (const root of forest.preorder) {
    if ((forest.parents[root] as number) >= 0) {
      continue;
    }
    let span = root;
    now[span] = ends[span] as number;
    while (span >= 0) {
      const child = lastFinished(
        span,
        now[span] as number,
        next,
        byEnd,
        clipped,
        forest,
      );
      if (child >= 0) {
        const childEnd = clipped.ends[child] as number;
        if (childEnd < (now[span] as number)) {
          emit(span, childEnd, now[span] as number);
        }
        now[span] = clipped.starts[child] as number;
        now[child] = childEnd;
        span = child;
      } else {
        if ((clipped.starts[span] as number) < (now[span] as number)) {
          emit(span, clipped.starts[span] as number, now[span] as number);
        }
        span = span === root ? -1 : (forest.parents[span] as number);
      }
    }
  }
}

interface Clipped {
  starts: Float64Array;
  /** Equal to the start where the span cannot be on the path. */
  ends: Float64Array;
}

/** Clips each span to its parent; what is outside or asynchronous gets no extent. */
function clip({
  starts,
  ends,
  forest,
  isBlocking,
}: CriticalPathInput): Clipped {
  const clippedStarts = Float64Array.from(starts);
  const clippedEnds = Float64Array.from(ends);
  for (const span of forest.preorder) {
    const parent = forest.parents[span] as number;
    if (parent < 0) {
      continue;
    }
    const start = Math.max(
      starts[span] as number,
      clippedStarts[parent] as number,
    );
    const end = Math.min(ends[span] as number, clippedEnds[parent] as number);
    clippedStarts[span] = start;
    clippedEnds[span] = end > start && isBlocking(parent, span) ? end : start;
  }
  return { starts: clippedStarts, ends: clippedEnds };
}

/**
 * Siblings in the order of their ends, latest first; of equals the longest first,
 * which may have begun before it was clipped.
 */
function sortChildrenByEnd(
  clipped: Clipped,
  unclippedStarts: Float64Array,
  forest: SpanForest,
): Int32Array {
  const byEnd = Int32Array.from(forest.children);
  const { starts, ends } = clipped;
  const isAfter = (a: number, b: number) => {
    const byTime = (ends[b] as number) - (ends[a] as number);
    if (byTime !== 0) {
      return byTime > 0;
    }
    const byStart =
      (starts[a] as number) - (starts[b] as number) ||
      (unclippedStarts[a] as number) - (unclippedStarts[b] as number);
    return byStart > 0 || (byStart === 0 && a > b);
  };
  for (let span = 0; span < starts.length; span++) {
    const from = forest.firstChild[span] as number;
    const to = forest.firstChild[span + 1] as number;
    if (to - from > 1) {
      byEnd.subarray(from, to).reverse();
      sortRange(byEnd, from, to, isAfter);
    }
  }
  return byEnd;
}

function lastFinished(
  span: number,
  now: number,
  next: Int32Array,
  byEnd: Int32Array,
  clipped: Clipped,
  forest: SpanForest,
): number {
  const to = forest.firstChild[span + 1] as number;
  let at = next[span] as number;
  while (at < to) {
    const child = byEnd[at] as number;
    at += 1;
    const end = clipped.ends[child] as number;
    if (end <= now && end > (clipped.starts[child] as number)) {
      next[span] = at;
      return child;
    }
  }
  next[span] = at;
  return -1;
}

/**
 * The critical path of a trace: for each moment of each root the span that the
 * root waited for, in order of time, root after root. The segments of a root
 * cover it without gaps or overlaps. A trace without time has none.
 * @public
 */
export function criticalPath(trace: Trace): CriticalPathSegment[] {
  return pathOf(trace, arrangeTrace(trace)).map(
    ({ index, startUs, endUs }) => ({
      spanId: (trace.spans[index] as Span).spanId,
      startUs,
      endUs,
    }),
  );
}

/** A stretch of the critical path, by the index of its span in the trace. */
export interface PathStretch {
  index: number;
  startUs: number;
  endUs: number;
}

/** As {@link criticalPath}, of a trace that is arranged already. */
export function pathOf(
  { spans }: Trace,
  { starts, ends, forest }: ArrangedTrace,
): PathStretch[] {
  const stretches: PathStretch[] = [];
  let rootFrom = 0;
  walkCriticalPath(
    {
      starts,
      ends,
      forest,
      isBlocking: (parent, child) =>
        isBlockingChild(spans[parent] as Span, spans[child] as Span),
    },
    (index, startUs, endUs) => {
      const previous = stretches[stretches.length - 1];
      if (previous && endUs > previous.startUs) {
        reverseFrom(stretches, rootFrom);
        rootFrom = stretches.length;
      }
      stretches.push({ index, startUs, endUs });
    },
  );
  reverseFrom(stretches, rootFrom);
  return stretches;
}

function reverseFrom(stretches: PathStretch[], from: number): void {
  const tail = stretches.splice(from).reverse();
  for (const stretch of tail) {
    stretches.push(stretch);
  }
}
