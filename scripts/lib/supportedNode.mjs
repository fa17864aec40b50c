import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, delimiter, join } from 'node:path';
import { root } from './paths.mjs';
import { fail, say } from './progress.mjs';

const bundled = join(root, '.yarn', 'node');

/**
 * Path of a Node that Backstage supports (22 or 24): the running one, or one
 * that is installed beside Yarn from the npm registry.
 */
export function supportedNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major === 22 || major === 24) return process.execPath;
  const binary = join(
    bundled,
    'node_modules',
    `node-${process.platform}-${process.arch}`,
    'bin',
    'node',
  );
  if (existsSync(binary)) return binary;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    fail(
      `Node.js ${process.version} is not supported. Install Node.js 22 or 24 and run this again.`,
    );
  }
  say(
    `Node.js ${process.version} is not supported; installing Node.js 24 into .yarn/node`,
  );
  const { status } = spawnSync(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: bundled, stdio: ['ignore', 2, 2] },
  );
  if (status !== 0 || !existsSync(binary)) {
    fail(
      'Node.js 24 could not be installed. Check that npm reaches its registry, or install Node.js 22 or 24.',
    );
  }
  return binary;
}

/** The environment in which `node` is the supported one. */
export function supportedEnvironment(extra = {}) {
  const node = supportedNode();
  return {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
    ...extra,
  };
}
