import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { root } from '../lib/paths.mjs';

const require = createRequire(join(root, 'package.json'));
const { ESLint } = require('eslint');
const { capabilityRules } = require('./scripts/eslint/capabilityRules.cjs');

const directory = mkdtempSync(join(tmpdir(), 'mesh-tracing-capabilities-'));
after(() => rmSync(directory, { recursive: true }));

const FILES = [
  'src/plugin.ts',
  'src/ground/index.ts',
  'src/ground/Inside.ts',
  'src/ground/room/Deep.ts',
  'src/ground/Other.ts',
  'src/upper/index.ts',
  'src/upper/Upper.ts',
  'src/upper/room/Deep.ts',
  'src/shared/text.ts',
  'src/testing/harness.ts',
];
for (const file of FILES) {
  mkdirSync(join(directory, dirname(file)), { recursive: true });
  writeFileSync(join(directory, file), 'export const a = 1;\n');
}

const eslint = new ESLint({
  cwd: directory,
  useEslintrc: false,
  resolvePluginsRelativeTo: root,
  baseConfig: {
    root: true,
    parser: require.resolve('@typescript-eslint/parser'),
    parserOptions: { sourceType: 'module', ecmaVersion: 2022 },
    plugins: ['import'],
    ...capabilityRules(directory, { ground: [], upper: ['ground'] }),
  },
});

async function complaints(filePath, code) {
  const [{ messages }] = await eslint.lintText(code, {
    filePath: join(directory, filePath),
  });
  return messages.map(({ message }) => message).join('\n');
}

/** `[file, what it imports]` and what ESLint says; nothing when allowed. */
const CASES = [
  ['src/upper/a.ts', '../ground'],
  ['src/upper/a.ts', '../ground/index'],
  ['src/upper/a.ts', '../ground/Inside', /imported through its index\.ts/],
  ['src/upper/room/a.ts', '../../ground/room/Deep', /through its index\.ts/],
  ['src/ground/a.ts', '../upper', /doesn't build on 'upper'/],
  ['src/ground/a.ts', '../upper/Upper', /doesn't build on 'upper'/],
  ['src/ground/a.ts', './room/Deep'],
  ['src/ground/room/a.ts', '../Inside'],
  ['src/ground/room/a.ts', '..', /import one another directly/],
  ['src/ground/a.ts', '../shared/text'],
  ['src/shared/a.ts', './text'],
  ['src/shared/a.ts', '../ground', /'shared' doesn't build on 'ground'/],
  ['src/upper/a.ts', '../plugin', /'upper' can't import them/],
  ['src/shared/a.ts', '../plugin', /'shared' can't import them/],
  ['src/plugin2.ts', './ground/Inside'],
  ['src/upper/a.ts', '../testing/harness', /Only tests/],
  ['src/plugin2.ts', './testing/harness', /Only tests/],
  ['src/upper/a.test.ts', '../testing/harness'],
  ['src/upper/a.test.tsx', '../ground/Inside', /through its index\.ts/],
  ['src/ground/a.test.ts', '../upper'],
  ['src/ground/a.test.ts', '../upper/Upper', /through its index\.ts/],
  ['src/testing/other.ts', '../ground/Inside'],
];

for (const [file, path, complaint] of CASES) {
  test(`${file} ${complaint ? "can't" : 'can'} import '${path}'`, async () => {
    const said = await complaints(file, `import { a } from '${path}';\n`);
    if (complaint) assert.match(said, complaint);
    else assert.equal(said, '');
  });
}

for (const [kind, code] of [
  ['a type', "import type { A } from '../ground/Inside';"],
  ['a passed-on name', "export { a } from '../ground/Inside';"],
  ['a later import', "const a = import('../ground/Inside');"],
  ['a require', "const a = require('../ground/Inside');"],
]) {
  test(`the rule sees ${kind}`, async () => {
    assert.match(
      await complaints('src/upper/a.ts', code),
      /imported through its index\.ts/,
    );
  });
}

test('a table in which a capability builds on one below it is refused', () => {
  assert.throws(
    () => capabilityRules(directory, { ground: ['upper'], upper: ['ground'] }),
    /'ground' may not import 'upper', which doesn't stand above it/,
  );
});
