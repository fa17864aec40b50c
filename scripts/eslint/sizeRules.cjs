/**
 * Files with a function longer than the limits below, each with its bound: wiring, and
 * tables with an entry a line. `structure.test.mjs` says which nothing needs any more.
 */
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
/** A package's public names, one a line. */
const NAMES = ['src/index.ts'];
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

const functionRule = max => ({
  'max-lines-per-function': [
    'error',
    { max, skipBlankLines: true, skipComments: true },
  ],
});

/** ESLint configuration that bounds the size of files and functions. */
const sizeRules = {
  rules: {
    'max-lines': ['error', { max: MAX_FILE_LINES }],
    ...functionRule(MAX_FUNCTION_LINES),
  },
  overrides: [
    { files: ['**/*.tsx'], rules: functionRule(MAX_COMPONENT_LINES) },
    ...Object.entries(LONGER_FUNCTIONS).map(([name, max]) => ({
      files: [`**/${name}`],
      rules: functionRule(max),
    })),
    { files: [...TESTS, ...NAMES], rules: { 'max-lines': 'off' } },
    { files: MIGRATIONS, rules: { 'max-lines-per-function': 'off' } },
    { files: LISTS_OF_TESTS, rules: { 'max-lines-per-function': 'off' } },
  ],
};

module.exports = { LONGER_FUNCTIONS, sizeRules };
