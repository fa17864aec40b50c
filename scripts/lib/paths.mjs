import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const nodeModules = join(root, 'node_modules');
export const yarnRelease = join(root, '.yarn', 'releases', 'yarn.cjs');
