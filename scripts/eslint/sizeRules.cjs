/**
 * Files that are longer than `MAX_FILE_LINES`, and files with a function longer than
 * the limits below, each with its bound. `structure.test.mjs` says which entries
 * nothing needs any more.
 */
const LONGER_FILES = {};
/** Wiring, and tables with an entry a line. */
const LONGER_FUNCTIONS = {
  'meshResources.ts': 80,
  'plugin.ts': 105,
  'readSamplingConfig.ts': 70,
};

const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 60;
/** Markup is a tree rather than a course of steps, and stays readable for longer. */
const MAX_COMPONENT_LINES = 100;

const TESTS = ['**/*.test.*', '**/*.spec.ts'];
/** What a migration did once is never changed again. */
const MIGRATIONS = ['migrations/**'];
/** A list of tests is one function, and data for tests is one expression. */
const LISTS_OF_TESTS = [
  ...TESTS,
  '**/testing/**',
  'e2e/support/**',
  'lab/src/**/*Checks.ts',
  'src/**/*Checks.ts',
];

const fileRule = max => ({ 'max-lines': ['error', { max }] });
const functionRule = max => ({
  'max-lines-per-function': [
    'error',
    { max, skipBlankLines: true, skipComments: true },
  ],
});
const exceptions = (table, rule) =>
  Object.entries(table).map(([name, max]) => ({
    files: [`**/${name}`],
    rules: rule(max),
  }));

/** ESLint configuration that bounds the size of files and functions. */
const sizeRules = {
  rules: { ...fileRule(MAX_FILE_LINES), ...functionRule(MAX_FUNCTION_LINES) },
  overrides: [
    { files: ['**/*.tsx'], rules: functionRule(MAX_COMPONENT_LINES) },
    ...exceptions(LONGER_FILES, fileRule),
    ...exceptions(LONGER_FUNCTIONS, functionRule),
    { files: TESTS, rules: { 'max-lines': 'off' } },
    { files: MIGRATIONS, rules: { 'max-lines-per-function': 'off' } },
    { files: LISTS_OF_TESTS, rules: { 'max-lines-per-function': 'off' } },
  ],
};

module.exports = { LONGER_FILES, LONGER_FUNCTIONS, sizeRules };
