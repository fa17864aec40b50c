import { parseArgs } from 'node:util';
import { interruptSignal, wholeNumber } from '../process/commandLine';
import { runMeshConfigCheck } from './runMeshConfigCheck';

const USAGE = `Usage: node scripts/run.mjs lab/src/meshConfigCheck/main.ts [--count 1000] [--seed N]

Compares how the product and Istio's own code read random mesh configs and
YAML, and the YAML that the product hands out. Prints each mismatch with its
text and, last, how many passed and failed.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean' },
    },
  });
  const print = (line: string) => process.stdout.write(`${line}\n`);
  if (values.help) {
    print(USAGE);
    return;
  }
  const agrees = await runMeshConfigCheck({
    count: wholeNumber('--count', values.count, { least: 1, usage: USAGE }),
    seed: wholeNumber('--seed', values.seed, { least: 0, usage: USAGE }),
    signal: interruptSignal(),
    print,
  });
  if (!agrees) process.exitCode = 1;
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode ||= 1;
});
