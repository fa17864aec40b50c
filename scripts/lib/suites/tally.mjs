import { elapsed, say } from '../progress.mjs';

/** Adds up what the steps of a test run counted. */
export class Tally {
  #steps = [];
  #tests = [];

  /**
   * Runs one step. `work` answers counts (`SuiteResult` of `suites.mjs`), or a
   * boolean for a step that is one check; an exception counts as one failure.
   */
  async step(name, work) {
    say(`${name} …`);
    const startedMs = Date.now();
    let counts;
    try {
      const result = await work();
      counts =
        typeof result === 'boolean'
          ? { passed: Number(result), failed: Number(!result), skipped: 0 }
          : result;
    } catch (error) {
      process.stderr.write(`${error.stack ?? error}\n`);
      counts = { passed: 0, failed: 1, skipped: 0 };
    }
    const { tests = [], ...sums } = counts;
    this.#tests.push(...tests);
    const seconds = Math.round((Date.now() - startedMs) / 1000);
    this.#steps.push({ name, seconds, ...sums });
    say(`${name}: ${describe(counts)}`);
    return counts.failed === 0;
  }

  /** Every test that a runner named so far. */
  get tests() {
    return this.#tests;
  }

  /** Records what was left out, and how to have it. */
  leaveOut(name, how) {
    this.#steps.push({ name, passed: 0, failed: 0, skipped: 1, how });
    say(`${name}: left out. ${how}`);
  }

  /** Prints the table and the closing line, and answers the exit code. */
  close() {
    const sum = key =>
      this.#steps.reduce((total, step) => total + step[key], 0);
    process.stdout.write(`\nAfter ${elapsed()}:\n`);
    for (const step of this.#steps) {
      process.stdout.write(
        `  ${step.failed ? 'FAILED ' : 'ok     '}${step.name}: ${describe(
          step,
        )}${step.how ? `. ${step.how}` : ` in ${step.seconds} s`}\n`,
      );
    }
    const passed = sum('passed');
    const failed = sum('failed');
    process.stdout.write(
      `\n${passed} passed, ${failed} failed, ${sum('skipped')} skipped\n`,
    );
    return failed > 0 || passed === 0 ? 1 : 0;
  }
}

function describe({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

const CLOSING_LINE = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/m;

/** Reads the counts from a program's closing line; without one it has failed. */
export function readClosingLine({ code, stdout }) {
  const match = CLOSING_LINE.exec(
    stdout.trimEnd().split('\n').slice(-1).join('\n'),
  );
  if (!match) return { passed: 0, failed: 1, skipped: 0 };
  const [, passed, failed, skipped] = match.map(Number);
  return {
    passed,
    failed: failed || Number(code !== 0),
    skipped: skipped || 0,
  };
}

/** Reads the counts from the end of a report in the Test Anything Protocol. */
export function readTapSummary(report, code) {
  const count = key =>
    Number(new RegExp(`^# ${key} (\\d+)$`, 'm').exec(report)?.[1] ?? 0);
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled') || Number(code !== 0),
    skipped: count('skipped') + count('todo'),
  };
}
