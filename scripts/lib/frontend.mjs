import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { root, yarnRelease } from './paths.mjs';
import { fail, say } from './progress.mjs';
import { capture } from './run.mjs';
import { unlessStamped } from './stamp.mjs';
import { supportedEnvironment, supportedNode } from './supportedNode.mjs';

/** What the built frontend depends on. */
const SOURCES = [
  'packages/app',
  'plugins/mesh-tracing',
  'plugins/mesh-tracing-common',
  'yarn.lock',
];

/** Builds the frontend if its sources changed since the last build. */
export async function ensureFrontend() {
  const dist = join(root, 'packages', 'app', 'dist');
  const stamp = join(dist, '.mesh-tracing');
  // A build that was interrupted leaves no page.
  if (!existsSync(join(dist, 'index.html.tmpl')))
    rmSync(stamp, { force: true });
  await unlessStamped(stamp, fingerprint(SOURCES), async () => {
    say('Building the frontend (about half a minute)');
    const { code, stdout, stderr } = await capture(
      supportedNode(),
      [yarnRelease, 'workspace', 'app', 'build'],
      { cwd: root, env: supportedEnvironment() },
    );
    if (code !== 0) {
      process.stderr.write(stdout + stderr);
      fail('Building the frontend failed; the output above says why.');
    }
    say('The frontend is built');
  });
}
