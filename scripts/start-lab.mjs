// npm run start:lab: the product on a real mesh on this machine.
//   -- --profile production   on a Jaeger of several parts, with Prometheus
//   -- --rps 50               with more traffic
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { freePort } from './lib/freePort.mjs';
import { ensureFrontend } from './lib/frontend.mjs';
import {
  lab,
  labProduct,
  labStatus,
  missingForLab,
} from './lib/labSession.mjs';
import { fail } from './lib/progress.mjs';
import { serve } from './lib/serve.mjs';

const NAME = 'default';
const { values } = parseArgs({
  strict: false,
  options: { profile: { type: 'string' }, rps: { type: 'string' } },
});
const options = Object.entries(values)
  .filter(([name]) => name === 'profile' || name === 'rps')
  .flatMap(([name, value]) => [`--${name}`, value]);

await ensureDependencies();
await ensureFrontend();
const missing = await missingForLab(values.profile);
if (missing.length > 0) {
  fail(
    `The lab needs what this machine lacks:\n${missing
      .map(({ what, how }) => `  ${what}: ${how}`)
      .join('\n')}`,
  );
}
/** Lets the lab's Prometheus scrape the backend that will be served. */
async function publishedMetrics({ stateFolder, endpoints }) {
  if (!endpoints.production) return {};
  const port = await freePort(0);
  writeFileSync(
    join(stateFolder, 'prometheus', 'portals.json'),
    JSON.stringify([{ targets: [`127.0.0.1:${port}`] }]),
  );
  return {
    OTEL_METRICS_EXPORTER: 'prometheus',
    OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
    OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
  };
}

const wasUp = (await labStatus(NAME)).state === 'up';
if ((await lab('up', '--traffic', '--name', NAME, ...options)) !== 0) {
  fail('The lab did not start; the output above says why.');
}
try {
  const status = await labStatus(NAME);
  const product = labProduct(status);
  process.exitCode = await serve({
    ...product,
    env: { ...product.env, ...(await publishedMetrics(status)) },
    hints: [
      'Enter as Olivia, who owns the frontend; click "frontend", then "Tracing"',
      `The bookinfo app: ${status.endpoints.frontend}`,
      `Jaeger: ${status.endpoints.jaegerQuery}`,
      ...(status.endpoints.production
        ? [`Prometheus: ${status.endpoints.production.prometheus}`]
        : []),
    ],
  });
} finally {
  if (!wasUp) await lab('down', '--name', NAME);
}
