import { constants } from 'node:os';

/**
 * The number that an option was given.
 *
 * @throws Error with the usage when it is none, or too small
 */
export function wholeNumber(
  option: string,
  text: string,
  { least, usage }: { least: number; usage: string },
): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new Error(
      `${option} takes a whole number from ${least}.\n\n${usage}`,
    );
  }
  return value;
}

/** Aborts on Ctrl-C and the like, so that the program can clean up. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      // As shells expect of a program that a signal ended.
      process.exitCode = 128 + constants.signals[name];
      controller.abort(new Error('Interrupted.'));
    });
  }
  return controller.signal;
}

/** Tells why the program failed; it ends with 1 unless it was given another end. */
export function reportFailure(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode ||= 1;
}
