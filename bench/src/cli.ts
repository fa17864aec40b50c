import { benchFairness } from './fairness/benchFairness';
import { benchSample } from './sample/benchSample';
import { benchScale } from './scale/benchScale';
import { benchTelemetry } from './telemetry/benchTelemetry';
import type { BenchRow } from './BenchRow';
import { benchTraces } from './traces/benchTraces';

/** Each prints its figures and tells whether all limits were kept. */
const benches: Record<string, () => Promise<boolean>> = {
  fairness: async () => printRows(await benchFairness()),
  sample: async () => printRows(await benchSample()),
  scale: async () => printRows(await benchScale()),
  telemetry: async () => benchTelemetry(print),
  traces: async () => printRows(await benchTraces()),
};

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function printRows(rows: BenchRow[]): boolean {
  rows.forEach(row => print(line(row)));
  return rows.every(row => row.limit === undefined || row.value <= row.limit);
}

function line(row: BenchRow): string {
  const value = `${row.value.toFixed(row.unit === 'x' ? 2 : 1)} ${row.unit}`;
  const limit =
    row.limit === undefined
      ? ''
      : ` (limit ${row.limit} ${row.unit}: ${
          row.value <= row.limit ? 'kept' : 'MISSED'
        })`;
  return `${row.name}: ${value}${limit}`;
}

async function main(names: string[]): Promise<void> {
  const unknown = names.find(name => !benches[name]);
  if (unknown) {
    throw new Error(
      `There is no bench '${unknown}'; there are: ${Object.keys(benches).join(
        ', ',
      )}`,
    );
  }
  for (const name of names.length > 0 ? names : Object.keys(benches)) {
    if (!(await benches[name]?.())) process.exitCode = 1;
  }
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
