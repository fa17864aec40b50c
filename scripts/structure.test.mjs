// What a newcomer relies on: folders of few enough files to grasp, capabilities
// that are imported through their index.ts only, and a table that leads from
// each promise to its folders.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { test } from 'node:test';
import {
  featureSentences,
  placesOfFeatures,
} from './lib/suites/featureMap.mjs';
import { root } from './lib/paths.mjs';

const require = createRequire(join(root, 'package.json'));
const { ESLint } = require('eslint');
const CAPABILITIES = require('./scripts/eslint/capabilities.cjs');
const { capabilityFolders } = require('./scripts/eslint/capabilityRules.cjs');
const {
  LONGER_FUNCTIONS,
  sizeRules,
} = require('./scripts/eslint/sizeRules.cjs');

const MAX_FILES = 20;
const CODE = ['.ts', '.tsx', '.mjs', '.cjs', '.css'];

const names = folder =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`);
const plugins = names('plugins');
const sources = [
  ...[...plugins, ...names('packages'), 'lab', 'bench']
    .map(folder => `${folder}/src`)
    .filter(folder => existsSync(join(root, folder))),
  'e2e',
  'scripts',
];

/** Every folder of sources, with the files that are in it. */
function roomsOf(folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const files = entries.filter(entry => entry.isFile());
  return [
    { folder, files: files.map(({ name }) => name) },
    ...entries
      .filter(entry => entry.isDirectory() && entry.name !== 'results')
      .flatMap(({ name }) => roomsOf(`${folder}/${name}`)),
  ];
}
const rooms = sources
  .flatMap(roomsOf)
  // Git knows no empty folders.
  .filter(({ files }) => files.length > 0);
const isTest = name => /\.(test|spec)\.[a-z]+$/.test(name);

test(`no folder of sources has more than ${MAX_FILES} files, not counting tests`, () => {
  const full = rooms
    .map(({ folder, files }) => ({
      folder,
      count: files.filter(name => !isTest(name)).length,
    }))
    .filter(({ count }) => count > MAX_FILES);
  assert.deepEqual(full, []);
});

test('what helps tests lives in one folder of each package, testing/', () => {
  const others = rooms
    .map(({ folder }) => folder)
    .filter(
      folder =>
        /\/(__testUtils__|testUtils|testing)(\/|$)/.test(folder) &&
        !/^(plugins|packages)\/[^/]+\/src\/testing(\/|$)/.test(folder),
    );
  assert.deepEqual(others, []);
});

for (const plugin of plugins) {
  test(`the capabilities of ${plugin} are those that ESLint keeps apart`, () => {
    const { name } = JSON.parse(
      readFileSync(join(root, plugin, 'package.json'), 'utf8'),
    );
    assert.deepEqual(
      Object.keys(CAPABILITIES[name] ?? {}).sort(),
      capabilityFolders(join(root, plugin)).sort(),
    );
  });

  test(`ESLint keeps the capabilities of ${plugin} apart`, async () => {
    const [folder] = capabilityFolders(join(root, plugin));
    if (!folder) return;
    const config = await new ESLint({
      cwd: join(root, plugin),
    }).calculateConfigForFile(join(root, plugin, 'src', folder, 'Some.ts'));
    const [severity, { zones }] = config.rules['import/no-restricted-paths'];
    assert.equal(severity, 'error');
    assert.ok(zones.length > 0);
  });
}

const eslint = config =>
  new ESLint({
    cwd: root,
    useEslintrc: false,
    baseConfig: {
      root: true,
      parser: require.resolve('@typescript-eslint/parser'),
      parserOptions: {
        ecmaVersion: 2022,
        sourceType: 'module',
        ecmaFeatures: { jsx: true },
      },
      ...config,
    },
  });

const filesNamed = name =>
  rooms
    .filter(({ files }) => files.includes(name))
    .map(({ folder }) => `${folder}/${name}`);

test('the commands are as short as the packages', async () => {
  const files = roomsOf('scripts')
    .flatMap(({ folder, files: all }) => all.map(name => `${folder}/${name}`))
    .filter(path => CODE.includes(extname(path)));
  const results = await eslint(sizeRules).lintFiles(files);
  const said = results.flatMap(({ filePath, messages }) =>
    messages.map(({ message }) => `${filePath}: ${message}`),
  );
  assert.deepEqual(said, []);
});

test('every exception of a longer function is still needed', async () => {
  const strict = eslint({
    rules: sizeRules.rules,
    overrides: sizeRules.overrides.filter(({ files }) =>
      files.includes('**/*.tsx'),
    ),
  });
  const needless = [];
  for (const name of Object.keys(LONGER_FUNCTIONS)) {
    const files = filesNamed(name);
    const results = files.length > 0 ? await strict.lintFiles(files) : [];
    const said = results.flatMap(({ messages }) => messages);
    if (!said.some(({ ruleId }) => ruleId === 'max-lines-per-function')) {
      needless.push(name);
    }
  }
  assert.deepEqual(needless, []);
});

const readMe = readFileSync(join(root, 'README.md'), 'utf8');
const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const features = featureSentences(readMe);
const places = placesOfFeatures(contributing);

test('CONTRIBUTING.md says of every feature of the README where it lives', () => {
  assert.ok(features.length >= 4);
  const untold = features.filter(
    feature => !places.some(({ words }) => feature.includes(words)),
  );
  assert.deepEqual(untold, []);
});

for (const { words, folders } of places) {
  test(`the README promises “${words}”, in folders that exist`, () => {
    assert.ok(features.some(feature => feature.includes(words)));
    assert.ok(folders.length > 0);
    assert.deepEqual(
      folders.filter(folder => !existsSync(join(root, folder))),
      [],
    );
  });
}
