import { checkProgram } from '../checks/checkProgram';
import { runDiagnosisCheck } from './runDiagnosisCheck';

checkProgram({
  name: 'diagnosis',
  usage: `Usage: node scripts/run.mjs lab/src/diagnosisCheck/main.ts [--write 1]

Plants set-ups in which traces are missing in a lab of its own, one after another,
and compares what the product says of each with what was done; then applies the mend
that the product gives and looks for traces.

  --write 1  writes the table of docs/diagnosis.md instead of comparing it
`,
  numbers: { write: { default: 0, least: 0 } },
  run: ({ numbers, ...context }) =>
    runDiagnosisCheck({ ...context, write: numbers.write === 1 }),
});
