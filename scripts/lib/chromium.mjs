import { existsSync } from 'node:fs';
import { say } from './progress.mjs';
import { capture } from './run.mjs';

const CANDIDATES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function find() {
  return CANDIDATES.find(path => path && existsSync(path));
}

/**
 * Path of a Chromium; on Debian as root it is installed if missing. Undefined
 * when there is none and it can't be had without the user.
 */
export async function ensureChromium() {
  const present = find();
  if (present) return present;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    return undefined;
  }
  say('Installing Chromium from Debian packages');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update'],
    [
      'install',
      '-y',
      '--no-install-recommends',
      'chromium',
      'fonts-liberation',
    ],
  ]) {
    const { code, stdout, stderr } = await capture('apt-get', args, { env });
    if (code !== 0) {
      process.stderr.write(stdout + stderr);
      return undefined;
    }
  }
  return find();
}
