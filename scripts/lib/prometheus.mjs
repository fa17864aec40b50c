import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { say } from './progress.mjs';
import { capture } from './run.mjs';

const PROGRAMS = ['prometheus', 'promtool'];

/** Where the unpacked package is kept, for every checkout of this user. */
function cacheFolder() {
  const root = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(root, 'mesh-tracing', 'prometheus');
}

function folderOf() {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    join(cacheFolder(), 'usr', 'bin'),
  ];
  return folders.find(
    folder =>
      folder && PROGRAMS.every(program => existsSync(join(folder, program))),
  );
}

async function succeeds(command, args, options) {
  const { code, stdout, stderr } = await capture(command, args, options);
  if (code !== 0) process.stderr.write(stdout + stderr);
  return code === 0;
}

/**
 * Unpacks Debian's package, which needs no rights, and starts no service as its
 * installation would.
 */
async function unpack() {
  const cache = cacheFolder();
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'download-'));
  try {
    const download = ['download', 'prometheus'];
    const isThere =
      (await capture('apt-get', download, { cwd: folder })).code === 0 ||
      ((await succeeds('apt-get', ['update'])) &&
        (await succeeds('apt-get', download, { cwd: folder })));
    const [file] = readdirSync(folder);
    return (
      isThere &&
      file !== undefined &&
      (await succeeds('dpkg-deb', ['--extract', join(folder, file), cache]))
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Puts prometheus and promtool on the PATH of what runs from here on; on Debian
 * they are fetched if missing. False when they can't be had without the user.
 */
export async function ensurePrometheus() {
  if (!folderOf()) {
    if (!existsSync('/usr/bin/apt-get')) return false;
    say('Fetching Prometheus from Debian packages');
    if (!(await unpack())) return false;
  }
  const folder = folderOf();
  if (!folder) return false;
  process.env.PATH = [process.env.PATH, folder].join(delimiter);
  return true;
}
