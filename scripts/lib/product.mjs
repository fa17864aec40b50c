import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { supportedEnvironment, supportedNode } from './supportedNode.mjs';
import { transformArguments } from './transform.mjs';

/** How long the backend may take until it answers. */
const START_LIMIT_MS = 120_000;
/** How long it may take to stop before it is killed. */
const STOP_LIMIT_MS = 10_000;

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

async function answers(url) {
  try {
    const response = await fetch(`${url}/.backstage/health/v1/readiness`, {
      signal: AbortSignal.timeout(2_000),
    });
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Whether the guest's groups are in the catalog. Whoever signs in before is
 * given a token that owns nothing.
 */
async function catalogIsThere(url) {
  const signal = AbortSignal.timeout(5_000);
  const session = await fetch(`${url}/api/auth/guest/refresh`, {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
    signal,
  });
  if (!session.ok) return false;
  const { backstageIdentity } = await session.json();
  const user = await fetch(
    `${url}/api/catalog/entities/by-name/user/default/guest`,
    { headers: { authorization: `Bearer ${backstageIdentity.token}` }, signal },
  );
  if (!user.ok) return false;
  const { relations = [] } = await user.json();
  return relations.some(({ type }) => type === 'memberOf');
}

/**
 * Starts one backend process that serves the built app.
 *
 * @param {{ port: number, configs: string[], env?: Record<string, string>, onOutput?: (text: string) => void }} options
 *   `configs` are file names in the root, later ones win.
 * @returns a handle: `url`, `exited` (a promise of the exit code), `output()` and `stop()`
 */
export function startProduct({ port, configs, env = {}, onOutput }) {
  const url = `http://localhost:${port}`;
  const child = spawn(
    supportedNode(),
    [
      ...transformArguments(),
      'src/index.ts',
      ...configs.flatMap(config => ['--config', join(root, config)]),
    ],
    {
      cwd: join(root, 'packages', 'backend'),
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own group: Ctrl-C in the terminal reaches this command only, which
      // then stops the backend in order.
      detached: true,
      env: supportedEnvironment({
        NODE_ENV: 'development',
        APP_CONFIG_app_baseUrl: JSON.stringify(url),
        APP_CONFIG_backend_baseUrl: JSON.stringify(url),
        APP_CONFIG_backend_listen_port: String(port),
        ...env,
      }),
    },
  );
  let output = '';
  const collect = chunk => {
    output = (output + chunk).slice(-200_000);
    onOutput?.(String(chunk));
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exited = new Promise(resolve =>
    child.on('exit', (code, signal) => resolve(code ?? signal)),
  );
  const state = { ended: false };
  exited.then(() => (state.ended = true));

  return {
    url,
    pid: child.pid,
    exited,
    output: () => output,
    async ready() {
      const limit = Date.now() + START_LIMIT_MS;
      while (!state.ended && Date.now() < limit) {
        if ((await answers(url)) && (await catalogIsThere(url))) return true;
        await sleep(200);
      }
      return false;
    },
    async stop() {
      if (state.ended) return;
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await exited;
      clearTimeout(killer);
    },
  };
}
