const createConfig = require('@backstage/cli/config/eslint-factory');
const CAPABILITIES = require('./capabilities.cjs');
const { capabilityRules } = require('./capabilityRules.cjs');
const { sizeRules } = require('./sizeRules.cjs');

const PREFIX = 'backstage-plugin-mesh-tracing';

/**
 * Who may import whom. Imports go one way:
 * common <- node <- backend <- packages/backend, common <- frontend <- packages/app.
 */
const ALLOWED = {
  [`${PREFIX}-common`]: [],
  [`${PREFIX}-node`]: ['-common'],
  [`${PREFIX}-backend`]: ['-common', '-node'],
  [`${PREFIX}-backend-module-demo`]: ['-common', '-node'],
  [PREFIX]: ['-common'],
  app: [''],
  backend: ['-common', '-backend', '-backend-module-demo'],
  lab: ['-common', '-node', '-backend'],
  e2e: ['-common'],
  bench: ['-common', '-node', '-backend'],
  // As an adopter's module; its tests run it in the plugin.
  extending: ['-common', '-node', '-backend', '-backend-module-demo'],
};

/** The pure domain knows no view, no server and no input or output. */
const IMPURE = [
  'react',
  'react-*',
  'express',
  'express-*',
  'node:*',
  'fs',
  'http',
  'https',
  'net',
  'path',
  '@backstage/backend-*',
  '@backstage/core-*',
  '@backstage/frontend-*',
];

/**
 * A pattern whose time grows faster than its input lets one request stall the
 * process. `patterns.test.ts` of the backend plugin runs them all, besides.
 */
const LINEAR_PATTERNS = {
  'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
  'regexp/no-super-linear-move': [
    'error',
    { report: 'potential', ignorePartial: false, ignoreSticky: false },
  ],
};

/**
 * What tests share stands in `src/testing`. Backstage's rule on undeclared imports
 * knows it by other names only and would want its packages shipped, so the general
 * rule, which lets it use what tests may, stands in for it there.
 */
const TEST_HELPERS = {
  files: ['src/testing/**'],
  rules: {
    '@backstage/no-undeclared-imports': 'off',
    'import/no-extraneous-dependencies': ['error', { devDependencies: true }],
  },
};

/** ESLint configuration of a workspace, with this repository's own rules. */
module.exports = function packageConfig(directory, extra = {}) {
  const { name } = require(`${directory}/package.json`);
  const allowed = ALLOWED[name];
  if (!allowed) {
    throw new Error(`scripts/eslint/packageConfig.cjs does not know ${name}`);
  }
  const apart = CAPABILITIES[name]
    ? capabilityRules(directory, CAPABILITIES[name])
    : { rules: {}, overrides: [], settings: {} };
  return createConfig(directory, {
    ...extra,
    settings: { ...apart.settings, ...extra.settings },
    overrides: [
      TEST_HELPERS,
      ...apart.overrides,
      ...sizeRules.overrides,
      TEST_HELPERS,
      ...(extra.overrides ?? []),
    ],
    plugins: ['regexp', ...(extra.plugins ?? [])],
    restrictedImportPatterns: [
      `${PREFIX}*`,
      ...allowed.flatMap(suffix => [
        `!${PREFIX}${suffix}`,
        `!${PREFIX}${suffix}/*`,
      ]),
      ...(name === `${PREFIX}-common` ? IMPURE : []),
    ],
    rules: {
      'no-console': 'error',
      ...LINEAR_PATTERNS,
      ...apart.rules,
      ...sizeRules.rules,
      ...extra.rules,
    },
    tsRules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      ...extra.tsRules,
    },
  });
};
