// The public names of each package with their types, as pages of the repository:
// node scripts/apiReports.mjs checks them, with --write it makes them anew.
// Declarations must be there for a check: yarn tsc --incremental false writes them.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/paths.mjs';
import { yarnCheck } from './lib/suites/suites.mjs';

/** Package -> its entries: the file below `src`, and the name of its page. */
const PACKAGES = {
  'mesh-tracing-common': { index: 'report' },
  'mesh-tracing-node': { index: 'report' },
  'mesh-tracing-backend': { index: 'report' },
  'mesh-tracing-backend-module-demo': { index: 'report' },
  'mesh-tracing': {
    index: 'report',
    legacy: 'report-legacy',
    translations: 'report-translations',
  },
};
const ENTRIES = Object.entries(PACKAGES).flatMap(([name, pages]) =>
  Object.entries(pages).map(([entry, page]) => ({ name, entry, page })),
);

const declarationsOf = name => join(root, 'dist-types', 'plugins', name, 'src');
const QUIET = { logLevel: 'none' };
const STOP = { logLevel: 'error' };

const MESSAGES = {
  compilerMessageReporting: { default: STOP },
  // A name that a public type needs and that nobody can import is a mistake, and
  // so is one that does not say for whom it is.
  extractorMessageReporting: {
    default: STOP,
    'ae-undocumented': QUIET,
  },
  // Prose is not judged here.
  tsdocMessageReporting: { default: QUIET },
};

/**
 * Packages of this repository are read as they are published, by their
 * declarations, from a folder of packages above these: what is found through a
 * path alone would count as the package's own.
 */
const installed = join(root, 'dist-types', 'node_modules');

function installDeclarations() {
  for (const { name, entry } of ENTRIES) {
    const folder = join(installed, `backstage-plugin-${name}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: `backstage-plugin-${name}`, types: 'index.d.ts' }),
    );
    writeFileSync(
      join(folder, `${entry}.d.ts`),
      `export * from '../../plugins/${name}/src/${entry}';\n`,
    );
  }
}

const COMPILER = {
  compilerOptions: {
    target: 'ES2022',
    lib: ['DOM', 'DOM.Iterable', 'ES2023'],
    module: 'ESNext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    strict: true,
    skipLibCheck: true,
    esModuleInterop: true,
    noEmit: true,
    types: [],
  },
  files: ENTRIES.map(({ name, entry }) =>
    join(declarationsOf(name), `${entry}.d.ts`),
  ),
};

function configOf(ExtractorConfig, { name, entry, page }, reportTempFolder) {
  const projectFolder = join(root, 'plugins', name);
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder,
      mainEntryPointFilePath: join(declarationsOf(name), `${entry}.d.ts`),
      compiler: { overrideTsconfig: COMPILER },
      apiReport: {
        enabled: true,
        reportFolder: projectFolder,
        reportFileName: `${page}.api.md`,
        reportTempFolder,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: MESSAGES,
    },
    configObjectFullPath: join(projectFolder, 'api-extractor.json'),
    packageJsonFullPath: join(projectFolder, 'package.json'),
  });
}

/** Names, members and types of a page, in an order of their own. */
function partsOf(file) {
  return readFileSync(file, 'utf8')
    .split(/[|\n]/)
    .map(part => part.trim().replace(/[;,]$/, ''))
    .filter(part => part !== '')
    .sort()
    .join('\n');
}

/**
 * Whether a page differs in its order alone. In which order the members of a union
 * are written depends on what the compiler met before them, and promises nothing.
 */
function isReordered({ reportFilePath, reportTempFilePath }) {
  return (
    existsSync(reportFilePath) &&
    partsOf(reportFilePath) === partsOf(reportTempFilePath)
  );
}

/** Writes or compares one page, and answers what is wrong with it. */
function problemsOf({ Extractor, config, compilerState, write }) {
  const problems = [];
  const result = Extractor.invoke(config, {
    compilerState,
    localBuild: write,
    messageCallback(message) {
      if (message.logLevel === 'error') problems.push(message.text);
      message.handled = true;
    },
  });
  if (result.apiReportChanged && !write && !isReordered(config)) {
    problems.push(
      'The public surface is another than the page says: node scripts/apiReports.mjs --write, then read the difference.',
    );
  }
  return problems;
}

await ensureDependencies();
// Only now: what is imported here may just have been installed.
const { CompilerState, Extractor, ExtractorConfig } = await import(
  '@microsoft/api-extractor'
);
const write = process.argv.includes('--write');
// The order in which the members of a union are written depends on what the compiler
// met before; in an incremental run that is another order than in a whole one.
if (write && !(await yarnCheck('tsc', '--incremental', 'false'))) {
  process.exit(1);
}
const temporary = mkdtempSync(join(tmpdir(), 'mesh-tracing-api-'));
let failed = 0;
try {
  installDeclarations();
  const configs = ENTRIES.map(entry =>
    configOf(ExtractorConfig, entry, temporary),
  );
  const compilerState = CompilerState.create(configs[0], {
    additionalEntryPoints: configs.map(config => config.mainEntryPointFilePath),
  });
  ENTRIES.forEach(({ name, page }, i) => {
    const problems = problemsOf({
      Extractor,
      config: configs[i],
      compilerState,
      write,
    });
    failed += Number(problems.length > 0);
    process.stdout.write(
      `${
        problems.length > 0 ? 'FAILED' : 'ok    '
      } plugins/${name}/${page}.api.md\n`,
    );
    problems.forEach(problem => process.stdout.write(`       ${problem}\n`));
  });
} finally {
  rmSync(temporary, { recursive: true, force: true });
  rmSync(installed, { recursive: true, force: true });
}
process.stdout.write(`${ENTRIES.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
