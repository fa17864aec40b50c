import { dirname, join } from 'node:path';

const LAB_FOLDER = dirname(require.resolve('../package.json'));

/** Absolute path of something in the lab's folder. */
export function labPath(...parts: string[]): string {
  return join(LAB_FOLDER, ...parts);
}
