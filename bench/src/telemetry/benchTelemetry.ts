import {
  createTracingResolver,
  resolveTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { meshOf, type MeshSize } from './meshOf';

/** What the product promises for 10,000 workloads and 2,000 Telemetries. */
const LIMIT_MS = 100;
const ROUNDS = 25;
/** Workloads that the naive way is measured with; it is scaled from there. */
const NAIVE_WORKLOADS = 40;

const FULL: MeshSize = {
  namespaces: 200,
  telemetriesPerNamespace: 10,
  workloadsPerNamespace: 50,
};

interface Row {
  what: string;
  workloads: number;
  telemetries: number;
  ms: number;
}

/**
 * Effective tracing of a whole mesh, reading and indexing included. The fastest
 * of several rounds counts: whatever else runs on the machine only adds.
 */
export function benchTelemetry(print: (line: string) => void): boolean {
  const rows = [
    ...[25, 50, 100].map(namespaces => indexed({ ...FULL, namespaces })),
    indexed(FULL),
    indexed({ ...FULL, workloadsPerNamespace: 100 }),
  ];
  const full = rows[3];
  if (!full) return false;
  const naive = naiveRow(FULL);
  const table = [...rows, naive].map(row => [
    row.what,
    String(row.workloads),
    String(row.telemetries),
    row.ms.toFixed(1),
    ((row.ms * 1000) / row.workloads).toFixed(2),
    (row.ms / row.workloads / (full.ms / full.workloads)).toFixed(2),
  ]);
  printTable(print, [
    ['way', 'workloads', 'Telemetries', 'ms', 'us/workload', 'ratio'],
    ...table,
  ]);
  const kept = full.ms <= LIMIT_MS;
  print('');
  print(
    `limit: ${full.workloads} workloads against ${
      full.telemetries
    } Telemetries in ${LIMIT_MS} ms; took ${full.ms.toFixed(1)} ms (${(
      full.ms / LIMIT_MS
    ).toFixed(2)} of it): ${kept ? 'kept' : 'MISSED'}`,
  );
  print(`the naive way takes ${(naive.ms / full.ms).toFixed(0)} times as long`);
  return kept;
}

function indexed(size: MeshSize): Row {
  const { inputs, proxies } = meshOf(size);
  const run = () => {
    const resolver = createTracingResolver(inputs);
    let enabled = 0;
    for (const proxy of proxies) {
      if (resolver.resolve(proxy).server?.enabled.value) enabled += 1;
    }
    return enabled;
  };
  return {
    what: 'indexed',
    workloads: proxies.length,
    telemetries: inputs.telemetries.length,
    ms: fastest(run),
  };
}

/** Each workload looks at all Telemetries by itself. */
function naiveRow(size: MeshSize): Row {
  const { inputs, proxies } = meshOf(size);
  const step = Math.floor(proxies.length / NAIVE_WORKLOADS);
  const some = proxies.filter((_, i) => i % step === 0);
  const run = () => some.map(proxy => resolveTracing(inputs, proxy)).length;
  const scale = proxies.length / some.length;
  return {
    what: `naive (${some.length} measured)`,
    workloads: proxies.length,
    telemetries: inputs.telemetries.length,
    ms: fastest(run, 3) * scale,
  };
}

function fastest(run: () => number, rounds = ROUNDS): number {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function printTable(print: (line: string) => void, rows: string[][]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map(row => row[column]?.length ?? 0)),
  );
  for (const row of rows) {
    const cells = row.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
    );
    print(cells.join('  '));
  }
}
