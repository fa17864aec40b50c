const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const RULE = 'import/no-restricted-paths';
/** Folders of `src` that are no capability. */
const COMMON_ROOMS = ['shared', 'testing'];
const TESTS = ['src/**/*.test.ts', 'src/**/*.test.tsx', 'src/setupTests.ts'];

/** Git knows no empty folders. */
const hasFiles = folder =>
  readdirSync(folder, { withFileTypes: true, recursive: true }).some(entry =>
    entry.isFile(),
  );

/** Names of the folders in a package's `src` that are capabilities. */
function capabilityFolders(directory) {
  const src = join(directory, 'src');
  if (!existsSync(src)) return [];
  return readdirSync(src, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && hasFiles(join(src, entry.name)))
    .map(({ name }) => name)
    .filter(name => !COMMON_ROOMS.includes(name));
}

/** Throws where a capability may import one that doesn't stand before it. */
function assertDirection(packageName, capabilities) {
  const above = new Set();
  for (const [name, allowed] of Object.entries(capabilities)) {
    for (const other of allowed) {
      if (!above.has(other)) {
        throw new Error(
          `scripts/eslint/capabilities.cjs, ${packageName}: '${name}' may not import '${other}', which doesn't stand above it`,
        );
      }
    }
    above.add(name);
  }
}

const inside = (target, from) => ({
  target: `src/${target}`,
  from: `src/${from}`,
  except: ['./index.ts', './index.tsx'],
  message: `'${from}' is imported through its index.ts; what lies behind it is its own.`,
});

const beyond = (target, from) => ({
  target: `src/${target}`,
  from: `src/${from}`,
  message: `'${target}' doesn't build on '${from}' (scripts/eslint/capabilities.cjs); what both need moves to 'shared' or to the lower of the two.`,
});

/** What product code of one folder may not import. */
function zonesOf(target, allowed, names) {
  return [
    ...names
      .filter(name => name !== target)
      .map(name => (allowed.includes(name) ? inside : beyond)(target, name)),
    {
      target: `src/${target}`,
      from: ['src/*.ts', 'src/*.tsx'],
      message: `The files in the root of src compose the capabilities; '${target}' can't import them.`,
    },
  ];
}

/**
 * ESLint configuration that keeps the capabilities of a package apart: product
 * code imports another capability through its index.ts only, and only in the
 * direction of the table; no product code imports `testing/`; tests reach
 * `testing/`, and of other capabilities the index.ts.
 *
 * @param {string} directory the package's folder
 * @param {Record<string, string[]>} capabilities see `capabilities.cjs`
 */
function capabilityRules(directory, capabilities) {
  assertDirection(directory, capabilities);
  const names = Object.keys(capabilities);
  const product = [
    ...names.flatMap(name => [
      ...zonesOf(name, capabilities[name], names),
      {
        target: `src/${name}`,
        from: `src/${name}/index.ts`,
        message: `Inside '${name}' files import one another directly, so that its index.ts closes no circle.`,
      },
    ]),
    ...zonesOf('shared', [], names),
    {
      target: 'src',
      from: 'src/testing',
      message: 'Only tests import what helps tests.',
    },
  ];
  const tests = [...names, 'shared'].flatMap(target =>
    names.filter(name => name !== target).map(name => inside(target, name)),
  );
  const rule = zones => ({ [RULE]: ['error', { basePath: directory, zones }] });
  return {
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
    },
    rules: rule(product),
    overrides: [
      { files: TESTS, rules: rule(tests) },
      { files: ['src/testing/**'], rules: { [RULE]: 'off' } },
    ],
  };
}

module.exports = { capabilityFolders, capabilityRules };
