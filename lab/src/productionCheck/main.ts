import { checkProgram } from '../checks/checkProgram';
import { runProductionCheck } from './runProductionCheck';

checkProgram({
  name: 'production',
  usage: `Usage: node scripts/run.mjs lab/src/productionCheck/main.ts [--rate 50]

Starts a lab with the production profile, sends known traces, kills each part of
the trace store while more come in, and counts what is lost, what is there twice
and what the product says meanwhile. --rate: traces a second.
`,
  numbers: { rate: { default: 50, least: 1 } },
  run: runProductionCheck,
});
