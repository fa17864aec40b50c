// npm start: the product with the embedded mesh, in one process.
import { ensureDependencies } from './lib/dependencies.mjs';
import { ensureFrontend } from './lib/frontend.mjs';
import { serve } from './lib/serve.mjs';

await ensureDependencies();
await ensureFrontend();
process.exitCode = await serve({
  configs: ['app-config.yaml', 'app-config.demo.yaml'],
  hints: [
    '1. Enter as Guest, or as Olivia who owns the storefront',
    '2. Click a component of yours, such as "Storefront"',
    '3. Click the tab "Tracing"',
  ],
});
