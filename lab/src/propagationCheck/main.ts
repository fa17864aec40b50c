import { checkProgram } from '../checks/checkProgram';
import { runPropagationCheck } from './runPropagationCheck';

checkProgram({
  name: 'propagation',
  usage: `Usage: node scripts/run.mjs lab/src/propagationCheck/main.ts

Lets a service of a lab of its own lose tracing headers, and compares the share of
calls that did with what the product tells from the traces in Jaeger. Then runs the
programs of examples/propagation in its place, which lose none. Programs of languages
that this machine lacks are skipped.
`,
  run: runPropagationCheck,
});
