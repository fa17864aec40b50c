import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './paths.mjs';

const SKIP = new Set([
  'node_modules',
  'dist',
  'dist-types',
  'coverage',
  '.git',
]);

function* filesBelow(path) {
  if (!statSync(path, { throwIfNoEntry: false })) return;
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (!SKIP.has(name)) yield* filesBelow(join(path, name));
  }
}

/** A hash over the contents of files and folders, given relative to the root. */
export function fingerprint(paths, salt = '') {
  const hash = createHash('sha256').update(salt);
  for (const path of paths) {
    for (const file of filesBelow(join(root, path))) {
      hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}
