/** The warning of a span that ends before it starts. */
export const NEGATIVE_DURATION =
  'The span ends before it starts; its duration is shown as 0';

const SKEW_SKIPPED = '; skipping clock skew adjustment';

/**
 * A span's warnings, each once. Jaeger reports a missing parent in two wordings,
 * some versions in both on the same span; the newer is kept.
 */
export function distinctWarnings(values: unknown[]): string[] {
  const texts = values.filter(
    (value): value is string => typeof value === 'string' && value !== '',
  );
  const hasNewWording = texts.some(isMissingParentWarning);
  const distinct = new Set(
    texts.filter(
      text =>
        !(
          hasNewWording &&
          text.startsWith('invalid parent span IDs=') &&
          text.endsWith(SKEW_SKIPPED)
        ),
    ),
  );
  return [...distinct];
}

function isMissingParentWarning(text: string): boolean {
  return text.startsWith('parent span ID=') && text.endsWith(SKEW_SKIPPED);
}

/** Whether the store cut the trace (`max_trace_size`). */
export function isTruncationWarning(text: string): boolean {
  return /^trace has more than \d+ spans, showing first \d+ spans only/.test(
    text,
  );
}
