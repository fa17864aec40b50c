import { checkProgram } from '../checks/checkProgram';
import { runTraceCheck } from './runTraceCheck';

checkProgram({
  name: 'traces',
  usage: `Usage: node scripts/run.mjs lab/src/traceCheck/main.ts

Compares what the product reads from the Jaeger of a lab of its own through
both of its APIs.
`,
  run: runTraceCheck,
});
