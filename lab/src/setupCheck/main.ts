import { checkProgram } from '../checks/checkProgram';
import { runSetupCheck } from './runSetupCheck';

checkProgram({
  name: 'setup',
  usage: `Usage: node scripts/run.mjs lab/src/setupCheck/main.ts

Plants in a lab of its own what findings about a production set-up are for, and
looks whether the product finds each of them, and nothing at a workload that is
well set up. Has an OpenTelemetry collector judge the tail-sampling policy that
the product generates, and lets it sample: every failed trace must be kept.
Builds that collector once, from Go modules (about five minutes).
`,
  run: runSetupCheck,
});
