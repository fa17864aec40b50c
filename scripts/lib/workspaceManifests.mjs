import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Paths of all workspaces' package.json, relative to the root. */
export function workspaceManifests() {
  const { workspaces } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return workspaces
    .flatMap(pattern =>
      pattern.endsWith('/*')
        ? readdirSync(join(root, pattern.slice(0, -2)))
            .sort()
            .map(name => `${pattern.slice(0, -1)}${name}`)
        : [pattern],
    )
    .map(folder => `${folder}/package.json`)
    .filter(path => existsSync(join(root, path)));
}
