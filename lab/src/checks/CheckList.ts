/** Runs checks one after the other and counts them. */
export class CheckList {
  readonly #print: (line: string) => void;
  #passed = 0;
  #failed = 0;

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
      this.#passed += 1;
      this.#print(`  ok    ${name}${detail ? `: ${detail}` : ''}`);
      return true;
    } catch (error) {
      this.#failed += 1;
      const message = error instanceof Error ? error.message : String(error);
      this.#print(`  FAIL  ${name}\n        ${message}`);
      return false;
    }
  }

  /** Prints the sums; true when nothing failed. */
  finish(): boolean {
    this.#print(`${this.#passed} passed, ${this.#failed} failed, 0 skipped`);
    return this.#failed === 0;
  }
}
