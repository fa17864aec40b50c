import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { runOracle } from './runOracle';

const USAGE = `Usage: yarn oracle [--chains 300] [--seed N] [--lab <name>]

Writes random chains of Telemetries to the API server of a lab of its own, asks
the lab's istiod what they mean for random proxies, and compares that with the
resolver. Prints each mismatch as YAML and, last, how many passed and failed.
`;

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new Error(
      `${option} takes a whole number from ${least}.\n\n${USAGE}`,
    );
  }
  return value;
}

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
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      // As shells expect of a program that a signal ended.
      process.exitCode = 128 + constants.signals[name];
      controller.abort(new Error('Interrupted.'));
    });
  }
  const agrees = await runOracle({
    chains: wholeNumber('--chains', values.chains, 1),
    seed: wholeNumber('--seed', values.seed, 0),
    lab: values.lab,
    signal: controller.signal,
    print,
  });
  if (!agrees) process.exitCode = 1;
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode ||= 1;
});
