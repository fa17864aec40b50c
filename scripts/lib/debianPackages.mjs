import { existsSync } from 'node:fs';
import { say } from './progress.mjs';
import { capture } from './run.mjs';

/** What builds and runs the lab's Java program. */
export const JAVA_PACKAGES = ['default-jdk-headless', 'maven'];

/**
 * Installs packages where that needs nobody's consent: on Debian, as root.
 *
 * @param {string} what for the line that says so
 * @returns false where it can't be done, or failed; then the reason is printed
 */
export async function installDebianPackages(what, packages) {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    return false;
  }
  say(`Installing ${what} from Debian packages`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update'],
    ['install', '-y', '--no-install-recommends', ...packages],
  ]) {
    const { code, stdout, stderr } = await capture('apt-get', args, { env });
    if (code !== 0) {
      process.stderr.write(stdout + stderr);
      return false;
    }
  }
  return true;
}
