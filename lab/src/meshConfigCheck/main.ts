import { checkProgram } from '../checks/checkProgram';
import { runMeshConfigCheck } from './runMeshConfigCheck';

checkProgram({
  name: 'mesh-config',
  usage: `Usage: node scripts/run.mjs lab/src/meshConfigCheck/main.ts [--count 1000] [--seed N]

Compares how the product and Istio's own code read random mesh configs and
YAML, and the YAML that the product hands out. Prints each mismatch with its
text and, last, how many passed and failed.
`,
  numbers: {
    count: { default: 1000, least: 1 },
    seed: { default: 1, least: 0 },
  },
  run: ({ numbers, signal, print }) =>
    runMeshConfigCheck({ ...numbers, signal, print }),
});
