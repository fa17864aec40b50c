// npm run start:lab: the product on a real mesh on this machine.
import { ensureDependencies } from './lib/dependencies.mjs';
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

await ensureDependencies();
await ensureFrontend();
const missing = await missingForLab();
if (missing.length > 0) {
  fail(
    `The lab needs what this machine lacks:\n${missing
      .map(({ what, how }) => `  ${what}: ${how}`)
      .join('\n')}`,
  );
}
const wasUp = (await labStatus(NAME)).state === 'up';
if ((await lab('up', '--traffic', '--name', NAME)) !== 0) {
  fail('The lab did not start; the output above says why.');
}
try {
  const status = await labStatus(NAME);
  process.exitCode = await serve({
    ...labProduct(status),
    hints: [
      'Enter as Olivia, who owns the frontend; click "frontend", then "Tracing"',
      `The bookinfo app: ${status.endpoints.frontend}`,
      `Jaeger: ${status.endpoints.jaegerQuery}`,
    ],
  });
} finally {
  if (!wasUp) await lab('down', '--name', NAME);
}
