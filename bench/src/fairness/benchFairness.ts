import {
  benchProduct,
  type BenchProduct,
  type BenchUser,
} from './benchProduct';
import type { BenchRow } from '../BenchRow';

/** Analyses that one user asks for at once, again and again. */
const LOAD = 60;
const BLOCKS = 5;
const ROUNDS = 20;
/** How much slower everything may be for another user. */
const LIMIT = 3;

const WATCHED = [
  'cart/sampling/history',
  'cart/workloads',
  'cart/traces',
] as const;

/**
 * The 99th percentile of what a second user asks for, without load and while
 * another user has 60 analyses in line, on the embedded mesh: one process, one
 * thread.
 */
export async function benchFairness(): Promise<BenchRow[]> {
  const product = await benchProduct();
  try {
    const guest = await product.signIn('guest');
    const olivia = await product.signIn('olivia');
    await measure(product, olivia, { rounds: 10, into: noTimes() });
    const [alone, beside] = [noTimes(), noTimes()];
    let analyses = 0;
    // In turns, so that what else the machine does weighs on both alike.
    for (let block = 0; block < BLOCKS; block++) {
      await measure(product, olivia, { rounds: ROUNDS, into: alone });
      const load = startLoad(product, guest);
      await load.underWay();
      await measure(product, olivia, { rounds: ROUNDS, into: beside });
      analyses += await load.stop();
    }
    return [
      ...WATCHED.flatMap(path => rowsOf(path, alone, beside)),
      {
        name: 'analyses of the other user meanwhile',
        value: analyses,
        unit: 'answered',
      },
    ];
  } finally {
    await product.stop();
  }
}

type Times = Map<string, number[]>;

function noTimes(): Times {
  return new Map(WATCHED.map(path => [path, []]));
}

/** One request after the other, as a person who clicks; milliseconds. */
async function measure(
  product: BenchProduct,
  user: BenchUser,
  { rounds, into }: { rounds: number; into: Times },
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const path of WATCHED) {
      const start = performance.now();
      await product.get(user, path);
      into.get(path)?.push(performance.now() - start);
    }
  }
}

/** Keeps the number of open requests up until it is stopped. */
function startLoad(product: BenchProduct, user: BenchUser) {
  let isOver = false;
  let answered = 0;
  let first: (() => void) | undefined;
  const begun = new Promise<void>(resolve => {
    first = resolve;
  });
  const workers = Array.from({ length: LOAD }, async () => {
    while (!isOver) {
      await product.get(user, 'loyalty/latency');
      answered += 1;
      first?.();
    }
  });
  return {
    underWay: () => begun,
    async stop() {
      isOver = true;
      const count = answered;
      await Promise.all(workers);
      return count;
    },
  };
}

function rowsOf(path: string, alone: Times, beside: Times): BenchRow[] {
  const [before, after] = [alone, beside].map(times =>
    quantile(times.get(path) ?? [], 0.99),
  ) as [number, number];
  return [
    { name: `${path}: p99 alone`, value: before, unit: 'ms' },
    { name: `${path}: p99 beside ${LOAD} analyses`, value: after, unit: 'ms' },
    {
      name: `${path}: beside / alone`,
      value: after / before,
      unit: 'x',
      limit: LIMIT,
    },
  ];
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}
