import { checkProgram } from '../checks/checkProgram';
import { runChaosCheck } from './runChaosCheck';

checkProgram({
  name: 'chaos',
  usage: `Usage: node scripts/run.mjs lab/src/chaosCheck/main.ts [--rounds 200] [--seed N]

Kills replicas of the portal at each step of what they do, on a lab and a
PostgreSQL of their own, restarts both, and sets clocks wrong. Prints each round
that left anything behind and, last, how many passed and failed.
`,
  numbers: {
    rounds: { default: 200, least: 1 },
    seed: { default: 1, least: 0 },
  },
  run: ({ numbers, ...context }) => runChaosCheck({ ...context, ...numbers }),
});
