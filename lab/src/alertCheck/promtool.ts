import { spawnSync } from 'node:child_process';

/**
 * Runs promtool.
 *
 * @returns what it printed
 * @throws Error with what it says when it refuses
 */
export function promtool(...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) {
    throw new Error(`promtool ${args[0]}: ${error ?? `${stdout}${stderr}`}`);
  }
  return stdout;
}
