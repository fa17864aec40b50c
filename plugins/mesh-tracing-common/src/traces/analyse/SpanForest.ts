/**
 * Spans as a forest over indices. All orders are by start, ties by index, so
 * that the result does not depend on who built the arrays.
 */
export interface SpanForest {
  /** Index of the parent, or -1 for a root; cycles are broken. */
  parents: Int32Array;
  /** Children of `i`: `children[firstChild[i] .. firstChild[i + 1])`. */
  firstChild: Int32Array;
  children: Int32Array;
  /** All spans, a parent before its children, subtrees contiguous. */
  preorder: Int32Array;
  /** 0 for roots. */
  depths: Int32Array;
  /** Indices that had a parent, but in a cycle; they became roots. */
  cycleRoots: number[];
}

const INSERTION_SORT_LIMIT = 24;

/** Sorts `items[from, to)`; linear when they are nearly in order. */
export function sortRange(
  items: Int32Array,
  from: number,
  to: number,
  isAfter: (a: number, b: number) => boolean,
): void {
  if (to - from > INSERTION_SORT_LIMIT) {
    let sorted = true;
    for (let i = from + 1; i < to && sorted; i++) {
      sorted = !isAfter(items[i - 1] as number, items[i] as number);
    }
    if (!sorted) {
      items
        .subarray(from, to)
        .sort((a, b) => (isAfter(a, b) ? 1 : Number(isAfter(b, a)) * -1));
    }
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const item = items[i] as number;
    let at = i;
    while (at > from && isAfter(items[at - 1] as number, item)) {
      items[at] = items[at - 1] as number;
      at -= 1;
    }
    items[at] = item;
  }
}

/**
 * Arranges spans. Linear but for the sorting of siblings; no recursion, so that
 * depth and width do not matter.
 *
 * @param starts - start of each span, any origin
 * @param givenParents - index of the parent, or -1; may contain cycles
 */
export function arrangeSpans(
  starts: Float64Array,
  givenParents: Int32Array,
): SpanForest {
  const parents = Int32Array.from(givenParents);
  const cycleRoots = breakCycles(starts, parents);
  const count = starts.length;
  const firstChild = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) {
    const parent = parents[i] as number;
    if (parent >= 0) {
      firstChild[parent + 1] = (firstChild[parent + 1] as number) + 1;
    }
  }
  for (let i = 0; i < count; i++) {
    firstChild[i + 1] =
      (firstChild[i + 1] as number) + (firstChild[i] as number);
  }
  const children = new Int32Array(firstChild[count] as number);
  const fill = firstChild.slice(0, count);
  const roots: number[] = [];
  for (let i = 0; i < count; i++) {
    const parent = parents[i] as number;
    if (parent >= 0) {
      const at = fill[parent] as number;
      children[at] = i;
      fill[parent] = at + 1;
    } else {
      roots.push(i);
    }
  }
  const isAfter = (a: number, b: number) => {
    const difference = (starts[a] as number) - (starts[b] as number);
    return difference > 0 || (difference === 0 && a > b);
  };
  for (let i = 0; i < count; i++) {
    const from = firstChild[i] as number;
    const to = firstChild[i + 1] as number;
    if (to - from > 1) {
      sortRange(children, from, to, isAfter);
    }
  }
  const sortedRoots = Int32Array.from(roots);
  sortRange(sortedRoots, 0, sortedRoots.length, isAfter);
  const forest = { parents, firstChild, children, cycleRoots };
  return { ...forest, ...walk(forest, sortedRoots) };
}

function walk(
  forest: Pick<SpanForest, 'firstChild' | 'children' | 'parents'>,
  roots: Int32Array,
): Pick<SpanForest, 'preorder' | 'depths'> {
  const { firstChild, children, parents } = forest;
  const count = parents.length;
  const preorder = new Int32Array(count);
  const depths = new Int32Array(count);
  const stack = new Int32Array(count);
  let size = 0;
  for (let i = roots.length - 1; i >= 0; i--) {
    stack[size++] = roots[i] as number;
  }
  for (let position = 0; size > 0; position++) {
    const span = stack[--size] as number;
    preorder[position] = span;
    const parent = parents[span] as number;
    depths[span] = parent < 0 ? 0 : (depths[parent] as number) + 1;
    const from = firstChild[span] as number;
    for (let i = (firstChild[span + 1] as number) - 1; i >= from; i--) {
      stack[size++] = children[i] as number;
    }
  }
  return { preorder, depths };
}

/** Makes the earliest span of each cycle a root. */
function breakCycles(starts: Float64Array, parents: Int32Array): number[] {
  const count = parents.length;
  const seenBy = new Int32Array(count).fill(-1);
  const cycleRoots: number[] = [];
  for (let i = 0; i < count; i++) {
    let current = i;
    while (current >= 0 && seenBy[current] === -1) {
      seenBy[current] = i;
      current = parents[current] as number;
    }
    if (current >= 0 && seenBy[current] === i) {
      const root = earliestOfCycle(current, starts, parents);
      parents[root] = -1;
      cycleRoots.push(root);
    }
  }
  return cycleRoots;
}

function earliestOfCycle(
  member: number,
  starts: Float64Array,
  parents: Int32Array,
): number {
  let best = member;
  let current = parents[member] as number;
  while (current !== member) {
    const difference = (starts[current] as number) - (starts[best] as number);
    if (difference < 0 || (difference === 0 && current < best)) {
      best = current;
    }
    current = parents[current] as number;
  }
  return best;
}
