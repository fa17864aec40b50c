import { checkProgram } from '../checks/checkProgram';
import { runAlertCheck } from './runAlertCheck';

checkProgram({
  name: 'alerts',
  usage: `Usage: node scripts/run.mjs lab/src/alertCheck/main.ts

Gives generated alert rules to promtool, unit-tests each kind with promtool's rule
tests, and plants failures on a lab of its own that make them fire and resolve. Needs
prometheus and promtool on the PATH.
`,
  run: runAlertCheck,
});
