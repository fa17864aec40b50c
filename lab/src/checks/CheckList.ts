import { writeFileSync } from 'node:fs';

/** Names a file for the names of all checks, for whoever runs the program. */
const REPORT_VARIABLE = 'MESH_TRACING_CHECK_REPORT';

/** A check that ran, as reported. */
interface CheckResult {
  title: string;
  passed: boolean;
}

/** Runs checks one after the other and counts them. */
export class CheckList {
  readonly #print: (line: string) => void;
  readonly #results: CheckResult[] = [];

  static create(print: (line: string) => void): CheckList {
    return new CheckList(print);
  }

  private constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /**
   * Runs one check. Its result, if a text, is printed beside its name.
   *
   * @returns false when the check threw
   */
  async check(
    name: string,
    work: () => Promise<string | void>,
  ): Promise<boolean> {
    try {
      const detail = await work();
      this.#results.push({ title: name, passed: true });
      this.#print(`  ok    ${name}${detail ? `: ${detail}` : ''}`);
      return true;
    } catch (error) {
      this.#results.push({ title: name, passed: false });
      const message = error instanceof Error ? error.message : String(error);
      this.#print(`  FAIL  ${name}\n        ${message}`);
      return false;
    }
  }

  /** Prints the sums, and reports what ran; true when nothing failed. */
  finish(): boolean {
    const passed = this.#results.filter(result => result.passed).length;
    const failed = this.#results.length - passed;
    const report = process.env[REPORT_VARIABLE];
    if (report) writeFileSync(report, JSON.stringify(this.#results));
    this.#print(`${passed} passed, ${failed} failed, 0 skipped`);
    return failed === 0;
  }
}
