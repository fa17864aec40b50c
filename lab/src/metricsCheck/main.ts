import { checkProgram } from '../checks/checkProgram';
import { runMetricsCheck } from './runMetricsCheck';

checkProgram({
  name: 'metrics',
  usage: `Usage: node scripts/run.mjs lab/src/metricsCheck/main.ts

Starts a Prometheus and a Jaeger of its own, gives them requests of which
everything is known, and compares what the product tells of them. Needs prometheus
and promtool on the PATH, and the lab's Jaeger.
`,
  run: runMetricsCheck,
});
