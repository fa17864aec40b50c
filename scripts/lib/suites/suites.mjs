import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root, yarnRelease } from '../paths.mjs';
import { capture, run } from '../run.mjs';
import { supportedEnvironment, supportedNode } from '../supportedNode.mjs';
import { readClosingLine, readTapSummary } from './tally.mjs';
import { transformArguments } from '../transform.mjs';

function yarn(args, env = {}) {
  return run(supportedNode(), [yarnRelease, ...args], {
    cwd: root,
    env: supportedEnvironment(env),
  });
}

/**
 * What a suite answers: how many tests passed, failed and were skipped and, where
 * the runner tells, which.
 *
 * @typedef {{ passed: number, failed: number, skipped: number, tests?: RanTest[] }} SuiteResult
 * @typedef {{ file: string, titles: string[], outcome: 'passed' | 'failed' | 'skipped' }} RanTest
 *   `file` from the root, or a folder with `/` at its end where the runner knows no
 *   files; `titles` from the outermost group to the test's own
 */

/** One check: a Yarn command that ends with 0. */
export async function yarnCheck(...args) {
  return (await yarn(args)) === 0;
}

/** Gives `work` a folder for reports, which is removed afterwards. */
async function withReportFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'mesh-tracing-report-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tests of the commands, the import rule and the structure, by Node's own runner. */
export function scriptTests() {
  return withReportFolder(async folder => {
    const report = join(folder, 'report.tap');
    const code = await run(
      supportedNode(),
      [
        '--test',
        '--test-reporter=spec',
        '--test-reporter-destination=stdout',
        '--test-reporter=tap',
        `--test-reporter-destination=${report}`,
        'scripts/**/*.test.mjs',
      ],
      { cwd: root, env: supportedEnvironment() },
    );
    return readTapSummary(readFileSync(report, 'utf8'), code);
  });
}

/** Tests of one file in Jest's report. */
function jestTests({ name, assertionResults }) {
  const outcomes = { passed: 'passed', failed: 'failed' };
  return assertionResults.map(({ ancestorTitles, title, status }) => ({
    file: relative(root, name),
    titles: [...ancestorTitles, title],
    outcome: outcomes[status] ?? 'skipped',
  }));
}

/** Tests of a suite in Playwright's report, and of those inside it. */
function playwrightTests({ title, suites = [], specs = [] }, above = []) {
  const titles = title ? [...above, title] : above;
  const outcomes = { expected: 'passed', flaky: 'passed', skipped: 'skipped' };
  return [
    ...specs.flatMap(spec =>
      spec.tests.map(({ status }) => ({
        file: `e2e/${spec.file}`,
        titles: [...titles, spec.title],
        outcome: outcomes[status] ?? 'failed',
      })),
    ),
    ...suites.flatMap(suite => playwrightTests(suite, titles)),
  ];
}

/** The unit tests of all packages, counted from Jest's own report. */
export function unitTests(env = {}) {
  return withReportFolder(async folder => {
    const report = join(folder, 'jest.json');
    const code = await yarn(
      [
        'backstage-cli',
        'repo',
        'test',
        '--silent',
        // Ends what hangs; a busy machine is no fault of a test.
        '--testTimeout=30000',
        '--json',
        `--outputFile=${report}`,
      ],
      { CI: '1', BACKSTAGE_TEST_DISABLE_DOCKER: '1', ...env },
    );
    const result = JSON.parse(readFileSync(report, 'utf8'));
    return {
      passed: result.numPassedTests,
      failed:
        result.numFailedTests + result.numRuntimeErrorTestSuites ||
        Number(code !== 0),
      skipped: result.numPendingTests + result.numTodoTests,
      tests: result.testResults.flatMap(jestTests),
    };
  });
}

/** A Playwright project against a running product, counted from its report. */
export function browserTests({ project, env, args = [] }) {
  return withReportFolder(async folder => {
    const report = join(folder, 'playwright.json');
    const code = await yarn(
      ['workspace', 'e2e', 'playwright', 'test', ...args, '--project', project],
      { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    );
    const { stats, errors, suites } = JSON.parse(readFileSync(report, 'utf8'));
    return {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected || Number(code !== 0 || errors.length > 0),
      skipped: stats.skipped,
      tests: suites.flatMap(suite => playwrightTests(suite)),
    };
  });
}

/** A program of this repository that ends with a closing line. */
export function countingProgram(file, ...args) {
  return counted([...transformArguments(), join(root, file), ...args], {
    NODE_ENV: 'development',
  });
}

/**
 * A check of the lab, which reports what it checked.
 *
 * @param {string} folder from `lab/src`
 * @param {{ program?: string, args?: string[] }} options the folder's own program
 *   without arguments unless said
 */
export function labCheck(
  folder,
  { program = `${folder}/main.ts`, args = [] } = {},
) {
  return withReportFolder(async reports => {
    const report = join(reports, 'checks.json');
    const counts = await counted(
      [...transformArguments(), join(root, 'lab', 'src', program), ...args],
      { NODE_ENV: 'development', MESH_TRACING_CHECK_REPORT: report },
    );
    const tests = existsSync(report)
      ? JSON.parse(readFileSync(report, 'utf8')).map(({ title, passed }) => ({
          file: `lab/src/${folder}/`,
          titles: [title],
          outcome: passed ? 'passed' : 'failed',
        }))
      : [];
    return { ...counts, tests };
  });
}

/** A program that ends with a closing line and needs no transform. */
export function plainProgram(file) {
  return counted([join(root, file)]);
}

async function counted(args, env = {}) {
  const result = await capture(supportedNode(), args, {
    cwd: root,
    env: supportedEnvironment(env),
  });
  process.stdout.write(result.stdout);
  process.stderr.write(result.stderr);
  return readClosingLine(result);
}
