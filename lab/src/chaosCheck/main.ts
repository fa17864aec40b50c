import { parseArgs } from 'node:util';
import { interruptSignal, wholeNumber } from '../process/commandLine';
import { runChaosCheck } from './runChaosCheck';

const USAGE = `Usage: node scripts/run.mjs lab/src/chaosCheck/main.ts [--rounds 200] [--seed N]

Kills replicas of the portal at each step of what they do, on a lab and a
PostgreSQL of their own, restarts both, and sets clocks wrong. Prints each round
that left anything behind and, last, how many passed and failed.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
    },
  });
  const passed = await runChaosCheck({
    lab: `chaos-${process.pid}`,
    rounds: wholeNumber('--rounds', values.rounds, { least: 1, usage: USAGE }),
    seed: wholeNumber('--seed', values.seed, { least: 0, usage: USAGE }),
    signal: interruptSignal(),
    print: line => process.stdout.write(`${line}\n`),
  });
  if (!passed) process.exitCode = 1;
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode ||= 1;
});
