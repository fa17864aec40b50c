// Browser tests alone: node scripts/e2e.mjs product|lab|screenshots [Playwright argument …]
import { labSuite, productSuite } from './lib/suites/browserSuites.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { fail } from './lib/progress.mjs';

const [project, ...args] = process.argv.slice(2);
const suite = {
  product: productSuite,
  screenshots: productSuite,
  lab: labSuite,
}[project];
if (!suite) {
  fail('Usage: node scripts/e2e.mjs product|lab|screenshots [ARG …]');
}

await ensureDependencies();
const chromium = await ensureChromium();
if (!chromium) {
  fail('No Chromium was found. Install one and set CHROMIUM_PATH to it.');
}
const { failed } = await suite({ chromium, project, args });
process.exitCode = failed > 0 ? 1 : 0;
