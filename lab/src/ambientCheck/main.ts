import { checkProgram } from '../checks/checkProgram';
import { runAmbientCheck } from './runAmbientCheck';

checkProgram({
  name: 'ambient',
  usage: `Usage: node scripts/run.mjs lab/src/ambientCheck/main.ts [--namespaces 60] [--seed N] [--record 1]

Writes namespaces with random labels, waypoints, services and pods to the API
server of a lab of its own, and Telemetries that target them. Which waypoint
serves what, and what each waypoint does with the requests to it, must be the
same for the product as for the lab's istiod. Prints each mismatch and, last,
how many passed and failed; --record 1 writes what istiod said to the fixtures.
`,
  numbers: {
    namespaces: { default: 60, least: 2 },
    seed: { default: 1, least: 0 },
    record: { default: 0, least: 0 },
  },
  run: ({ numbers, ...context }) =>
    runAmbientCheck({
      ...context,
      ...numbers,
      record: numbers.record > 0,
    }),
});
