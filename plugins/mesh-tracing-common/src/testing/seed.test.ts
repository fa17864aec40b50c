import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

const ROOT = join(__dirname, '../../../..');

interface Manifest {
  devDependencies?: Record<string, string>;
  jest?: { setupFiles?: string[] };
}

/** Manifests of all workspaces, by folder. */
function manifests(): Array<[string, Manifest]> {
  const folders = ['plugins', 'packages'].flatMap(parent =>
    readdirSync(join(ROOT, parent)).map(name => `${parent}/${name}`),
  );
  return [...folders, 'lab', 'bench', 'e2e', 'examples/extending'].map(
    folder => [
      folder,
      JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')),
    ],
  );
}

describe('property tests', () => {
  it('run with the seed of FAST_CHECK_SEED, or always the same one', () => {
    const seed = Number(process.env.FAST_CHECK_SEED ?? 11);
    expect(fc.readConfigureGlobal()).toEqual({ seed });
    expect(fc.sample(fc.nat(), 5)).toEqual(
      fc.sample(fc.nat(), { seed, numRuns: 5 }),
    );
  });

  it('are seeded in every package that has any', () => {
    const unseeded = manifests()
      .filter(([, { devDependencies = {} }]) => 'fast-check' in devDependencies)
      .filter(
        ([, { jest = {} }]) =>
          !(jest.setupFiles ?? []).some(file =>
            file.endsWith('/scripts/jest/seedFastCheck.cjs'),
          ),
      );
    expect(unseeded.map(([folder]) => folder)).toEqual([]);
  });
});
