import { checkProgram } from '../checks/checkProgram';
import { runConditionalCheck } from './runConditionalCheck';

checkProgram({
  name: 'conditional',
  usage: `Usage: node scripts/run.mjs lab/src/conditionalCheck/main.ts

Sends requests as the product says, to a gateway and to a sidecar of a lab of its
own, and looks whether they are traced where others are not: one request by each
recipe, and marked ones by the configuration that the product generates.
`,
  run: runConditionalCheck,
});
