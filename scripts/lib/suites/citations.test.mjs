import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { allCitations, citationsOf, judgeCitation } from './citations.mjs';
import { root } from '../paths.mjs';

const PAGE = `
Short names: \`B\` = \`plugins/some/src\`.

| Promise | Proof |
| ------- | ----- |
| One     | \`B/router/a.test.ts\`: does %s |
| Two     | \`e2e/product/b.spec.ts\`: works |
| None    | not tested |
`;

test('citations are read from tables, with short names and without', () => {
  assert.deepEqual(citationsOf(PAGE), [
    { file: 'plugins/some/src/router/a.test.ts', title: 'does %s' },
    { file: 'e2e/product/b.spec.ts', title: 'works' },
  ]);
});

test('every file that the docs cite exists', () => {
  const citations = allCitations();
  assert.ok(citations.length > 100);
  assert.deepEqual(
    citations.filter(({ file }) => !existsSync(join(root, file))),
    [],
  );
});

const FILE = 'plugins/some/src/a.test.ts';
const ran = (titles, outcome = 'passed', file = FILE) => ({
  file,
  titles,
  outcome,
});
const judge = (title, tests, file = FILE) =>
  judgeCitation({ file, title }, tests);

test('a citation holds by the title of a test that passed', () => {
  assert.equal(judge('works', [ran(['group', 'works'])]), 'passed');
});

test('a citation holds by the title of a group whose tests all passed', () => {
  const tests = [ran(['group', 'one']), ran(['group', 'two'])];
  assert.equal(judge('group', tests), 'passed');
});

test('a citation holds by group and title together', () => {
  assert.equal(
    judge('group works', [ran(['all', 'group', 'works'])]),
    'passed',
  );
});

for (const [template, title] of [
  ['refuses %s', 'refuses "a.*b"'],
  ['takes time, at $at: $some.pattern', 'takes time, at a.ts:3: /a+/'],
  ['with ${name}, works', 'with PostgreSQL, works'],
  ['costs 5 $ (or less)', 'costs 5 $ (or less)'],
]) {
  test(`“${template}” is the title of “${title}”`, () => {
    assert.equal(judge(template, [ran([title])]), 'passed');
  });
}

test('a part of a title is no title', () => {
  const tests = [ran(['refuses others'])];
  assert.equal(judge('refuses', tests), 'no test of this title ran');
  assert.equal(judge('refuses %s and %s', tests), 'no test of this title ran');
});

test('words of the file that no test bears are no proof', () => {
  assert.equal(
    judge('a comment', [ran(['works'])]),
    'no test of this title ran',
  );
});

test('the same title in another file is no proof', () => {
  const tests = [ran(['works'], 'passed', 'plugins/some/src/b.test.ts')];
  assert.equal(judge('works', tests), 'no test of this file ran');
});

test('one failed or skipped test of the title is enough to lose the proof', () => {
  const passed = ran(['group', 'one']);
  assert.equal(
    judge('group', [passed, ran(['group', 'two'], 'skipped')]),
    'skipped',
  );
  assert.equal(
    judge('group', [passed, ran(['group', 'two'], 'failed')]),
    'failed',
  );
});

test('checks of the lab are known by the folder of their program', () => {
  const tests = [ran(['ends once'], 'passed', 'lab/src/samplingCheck/')];
  const file = 'lab/src/samplingCheck/expiryChecks.ts';
  assert.equal(judge('ends once', tests, file), 'passed');
  assert.equal(judge('ends twice', tests, file), 'no test of this title ran');
});

test('a suite that needs more than the machine has is left out, others are not', () => {
  const tests = [ran(['works'], 'passed', 'lab/src/build/run.test.ts')];
  const left = file => judge('works', tests, file);
  assert.equal(left('lab/src/samplingCheck/expiryChecks.ts'), 'left out');
  assert.equal(left('e2e/lab/truth.spec.ts'), 'left out');
  assert.equal(left('lab/src/build/other.test.ts'), 'no test of this file ran');
  assert.equal(left('plugins/some/src/a.test.ts'), 'no test of this file ran');
});

test('of a suite that ran, what did not run is missing', () => {
  const tests = [ran(['works'], 'passed', 'lab/src/selftest/')];
  assert.equal(
    judge('works', tests, 'lab/src/samplingCheck/expiryChecks.ts'),
    'no test of this file ran',
  );
});
