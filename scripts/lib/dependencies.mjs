import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { nodeModules, root, yarnRelease } from './paths.mjs';
import { fail, say } from './progress.mjs';
import { capture } from './run.mjs';
import { unlessStamped } from './stamp.mjs';
import { supportedEnvironment, supportedNode } from './supportedNode.mjs';
import { workspaceManifests } from './workspaceManifests.mjs';

/** Makes sure that node_modules is what the lock file says. */
export async function ensureDependencies() {
  const node = supportedNode();
  const value = fingerprint(
    ['yarn.lock', '.yarnrc.yml', 'package.json', ...workspaceManifests()],
    node,
  );
  await unlessStamped(join(nodeModules, '.mesh-tracing'), value, async () => {
    say('Installing dependencies (about a minute the first time)');
    const { code, stdout } = await capture(
      node,
      [yarnRelease, 'install', '--immutable'],
      { cwd: root, env: supportedEnvironment() },
    );
    if (code !== 0) {
      process.stderr.write(stdout);
      fail('Installing dependencies failed; the output above says why.');
    }
    say('Dependencies are installed');
  });
}
