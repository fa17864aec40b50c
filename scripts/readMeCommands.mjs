// Runs what the README tells a reader to run, as a reader does, until it serves:
// node scripts/readMeCommands.mjs
import { spawn } from 'node:child_process';
import { ensureDependencies } from './lib/dependencies.mjs';
import { missingForLab } from './lib/labSession.mjs';
import { root } from './lib/paths.mjs';

/** Generous: the first start builds the frontend, and the lab its programs. */
const LIMIT_MS = 20 * 60_000;
const READY = /Mesh Tracing is ready after .+: {2}(http:\S+)/;

/** Starts a command, asks the address that it prints, ends it as Ctrl-C does. */
async function serves(command) {
  const child = spawn('npm', command, {
    cwd: root,
    // Ctrl-C reaches all that a terminal has in the foreground.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: '0' },
  });
  let output = '';
  const ended = new Promise(resolve => child.once('close', resolve));
  const ready = new Promise((resolve, reject) => {
    const collect = chunk => {
      output += chunk;
      const [, url] = READY.exec(output) ?? [];
      if (url) resolve(url);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    ended.then(() => reject(new Error(`It ended:\n${output}`)));
  });
  const limit = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), LIMIT_MS);
  try {
    const url = await ready;
    const page = await fetch(url);
    if (!page.ok) throw new Error(`${url} answers ${page.status}`);
    process.kill(-child.pid, 'SIGINT');
    await ended;
    const left = await fetch(url).catch(() => undefined);
    if (left) throw new Error(`${url} still answers after Ctrl-C`);
  } finally {
    clearTimeout(limit);
  }
}

await ensureDependencies();
const commands = [['start'], ['run', 'start:lab']].slice(
  0,
  (await missingForLab()).length === 0 ? 2 : 1,
);
let failed = 0;
for (const command of commands) {
  try {
    await serves(command);
    process.stdout.write(`ok     npm ${command.join(' ')}\n`);
  } catch (error) {
    failed += 1;
    process.stdout.write(`FAILED npm ${command.join(' ')}\n`);
    process.stderr.write(`${error.stack}\n`);
  }
}
process.stdout.write(`${commands.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
