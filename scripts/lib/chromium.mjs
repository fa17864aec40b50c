import { existsSync } from 'node:fs';
import { installDebianPackages } from './debianPackages.mjs';

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
  const installed = await installDebianPackages('Chromium', [
    'chromium',
    'fonts-liberation',
  ]);
  return installed ? find() : undefined;
}
