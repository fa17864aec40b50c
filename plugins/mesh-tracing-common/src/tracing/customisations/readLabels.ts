/** Whether a value is an object with fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The labels under a key of a selector; undefined when there are none. */
export function readLabels(
  selector: unknown,
  key: string,
): Record<string, string> | undefined {
  const labels = isRecord(selector) ? selector[key] : undefined;
  if (!isRecord(labels)) return undefined;
  const entries = Object.entries(labels).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
