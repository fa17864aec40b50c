import { parseArgs } from 'node:util';
import { interruptSignal, wholeNumber } from '../process/commandLine';
import { runOracle } from './runOracle';

const USAGE = `Usage: yarn oracle [--chains 300] [--seed N] [--lab <name>]

Writes random chains of Telemetries to the API server of a lab of its own, asks
the lab's istiod what they mean for random proxies, and compares that with the
resolver. Prints each mismatch as YAML and, last, how many passed and failed.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      chains: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      lab: { type: 'string', default: `oracle-${process.pid}` },
      help: { type: 'boolean' },
    },
  });
  const print = (line: string) => process.stdout.write(`${line}\n`);
  if (values.help) {
    print(USAGE);
    return;
  }
  const agrees = await runOracle({
    chains: wholeNumber('--chains', values.chains, { least: 1, usage: USAGE }),
    seed: wholeNumber('--seed', values.seed, { least: 0, usage: USAGE }),
    lab: values.lab,
    signal: interruptSignal(),
    print,
  });
  if (!agrees) process.exitCode = 1;
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode ||= 1;
});
