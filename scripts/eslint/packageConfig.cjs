const createConfig = require('@backstage/cli/config/eslint-factory');

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

/** ESLint configuration of a workspace, with this repository's own rules. */
module.exports = function packageConfig(directory, extra = {}) {
  const { name } = require(`${directory}/package.json`);
  const allowed = ALLOWED[name];
  if (!allowed) {
    throw new Error(`scripts/eslint/packageConfig.cjs does not know ${name}`);
  }
  return createConfig(directory, {
    ...extra,
    restrictedImportPatterns: [
      `${PREFIX}*`,
      ...allowed.flatMap(suffix => [
        `!${PREFIX}${suffix}`,
        `!${PREFIX}${suffix}/*`,
      ]),
      ...(name === `${PREFIX}-common` ? IMPURE : []),
    ],
    rules: { 'no-console': 'error', ...extra.rules },
    tsRules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      ...extra.tsRules,
    },
  });
};
