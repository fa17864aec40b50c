const COMMAND = /^%[A-Z0-9_]+(?:\([^)]*\))?(?::\d+)?%/;

/**
 * Why Envoy would refuse an access-log format string, as far as its form tells:
 * every `%` starts a command `%NAME%`, `%NAME(…)%` or `%NAME(…):LENGTH%`, and
 * `%%` is a percent sign. An unknown command is Envoy's to find.
 */
export function formatterProblem(format: string): string | undefined {
  if (format === '') return 'a format must not be empty';
  let rest = format;
  for (;;) {
    const start = rest.indexOf('%');
    if (start < 0) return undefined;
    rest = rest.slice(start);
    if (rest.startsWith('%%')) {
      rest = rest.slice(2);
      continue;
    }
    const command = COMMAND.exec(rest);
    if (!command) {
      return `"${rest.slice(
        0,
        40,
      )}" is not a complete command of the form %NAME% or %NAME(…)%`;
    }
    rest = rest.slice(command[0].length);
  }
}
