/**
 * Compares this package with behaviour recorded from Istio:
 *
 *   npm run conformance -- FILE
 *
 * FILE has the format of fixtures/README.md; without it, the package's own
 * fixtures are run. Prints every mismatch; the last line counts the cases. Ends
 * with 1 if any failed, 2 if the file cannot be used.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ConformanceFile } from '../src/tracing/conformance/ConformanceFile';
import { runConformance } from '../src/tracing/conformance/runConformance';

const OWN_FIXTURES = resolve(__dirname, '../fixtures/istio-telemetry.json');

function main(argument: string | undefined): number {
  const path = argument ? resolve(argument) : OWN_FIXTURES;
  let file: ConformanceFile;
  try {
    file = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    process.stderr.write(`Cannot read ${path} as JSON: ${error}\n`);
    return 2;
  }
  const report = runConformance(file);
  for (const {
    list,
    case: name,
    check,
    path: at,
    ...values
  } of report.mismatches) {
    process.stdout.write(
      `${list} "${name}" ${check} ${at || '(whole)'}\n` +
        `  expected ${text(values.expected)}\n  got      ${text(values.got)}\n`,
    );
  }
  for (const [list, count] of Object.entries(report.cases)) {
    process.stdout.write(`${list}: ${count} cases\n`);
  }
  const total = report.passed + report.failed;
  if (total === 0) {
    process.stderr.write(`${path} holds no cases\n`);
  }
  process.stdout.write(`${report.passed} passed, ${report.failed} failed\n`);
  return report.failed > 0 || total === 0 ? 1 : 0;
}

function text(value: unknown): string {
  if (value instanceof Error) return value.stack ?? value.message;
  return JSON.stringify(value) ?? 'nothing';
}

process.exitCode = main(process.argv[2]);
