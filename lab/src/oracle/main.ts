import { checkProgram } from '../checks/checkProgram';
import { runOracle } from './runOracle';

checkProgram({
  name: 'oracle',
  usage: `Usage: yarn oracle [--chains 300] [--seed N] [--lab <name>]

Writes random chains of Telemetries to the API server of a lab of its own, asks
the lab's istiod what they mean for random proxies, and compares that with the
resolver. Prints each mismatch as YAML and, last, how many passed and failed.
`,
  numbers: {
    chains: { default: 300, least: 1 },
    seed: { default: 1, least: 0 },
  },
  run: ({ numbers, ...context }) => runOracle({ ...context, ...numbers }),
});
