import { ensureFrontend } from '../frontend.mjs';
import { freePort } from '../freePort.mjs';
import { lab, labProduct, labStatus } from '../labSession.mjs';
import { startProduct } from '../product.mjs';
import { browserTests } from './suites.mjs';

/** The end of a backend's log without the line that each request leaves. */
function noteworthy(output) {
  return output
    .split('\n')
    .filter(line => !line.includes('incomingRequest'))
    .slice(-80)
    .join('\n');
}

/** Starts the product, runs a Playwright project against it, stops it. */
async function againstProduct({ configs, env, project, testEnv, args }) {
  const product = startProduct({ port: await freePort(0), configs, env });
  try {
    if (!(await product.ready())) {
      process.stderr.write(product.output());
      throw new Error('The backend did not start; the output above says why.');
    }
    const counts = await browserTests({
      project,
      args,
      env: { MESH_TRACING_URL: product.url, ...testEnv },
    });
    if (counts.failed > 0) process.stderr.write(noteworthy(product.output()));
    return counts;
  } finally {
    await product.stop();
  }
}

/** The product on the embedded mesh, in Chromium. */
export async function productSuite({ chromium, project = 'product', args }) {
  await ensureFrontend();
  return againstProduct({
    configs: ['app-config.yaml', 'app-config.demo.yaml'],
    project,
    testEnv: { CHROMIUM_PATH: chromium },
    args,
  });
}

/** The product on a lab of its own, in Chromium. */
export async function labSuite({ chromium, project = 'lab', args }) {
  await ensureFrontend();
  const name = `e2e-${process.pid}`;
  try {
    if ((await lab('up', '--name', name)) !== 0) {
      throw new Error('The lab did not start; the output above says why.');
    }
    return await againstProduct({
      ...labProduct(await labStatus(name)),
      project,
      testEnv: { CHROMIUM_PATH: chromium, MESH_TRACING_LAB: name },
      args,
    });
  } finally {
    await lab('down', '--name', name);
  }
}
