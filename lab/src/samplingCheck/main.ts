import { checkProgram } from '../checks/checkProgram';
import { runSamplingCheck } from './runSamplingCheck';

checkProgram({
  name: 'sampling',
  usage: `Usage: node scripts/run.mjs lab/src/samplingCheck/main.ts

Checks two replicas of the product's sampling against the API server and the
istiod of a lab of its own, on PostgreSQL and on SQLite.
`,
  run: runSamplingCheck,
});
