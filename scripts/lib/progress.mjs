const started = Date.now();

/** Seconds since the command began, such as `12.3 s`. */
export function elapsed() {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

/** One line of progress. */
export function say(message) {
  process.stderr.write(`[${elapsed().padStart(7)}] ${message}\n`);
}

/** Ends the command with a sentence that says what to do. */
export function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}
