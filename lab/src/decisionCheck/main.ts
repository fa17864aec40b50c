import { checkProgram } from '../checks/checkProgram';
import { runDecisionCheck } from './runDecisionCheck';

checkProgram({
  name: 'decision',
  usage: `Usage: node scripts/run.mjs lab/src/decisionCheck/main.ts

Sends requests with and without a decision of a proxy before to a sidecar of a
lab of its own, and compares what is sampled with what the product claims.
`,
  run: runDecisionCheck,
});
