/** A text as PromQL literal, in double quotes. */
export function promQlText(text: string): string {
  const escaped = text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n');
  return `"${escaped}"`;
}

/** A matcher `label=~"…"` for exactly these values. */
export function oneOf(label: string, values: string[]): string {
  const alternatives = values.map(value =>
    value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
  );
  return `${label}=~${promQlText(alternatives.join('|'))}`;
}

/** A matcher `label="…"`. */
export function equals(label: string, value: string): string {
  return `${label}=${promQlText(value)}`;
}

/** `sum by (…) (…)`, or `sum(…)` over all. */
export function sumBy(labels: string[], vector: string): string {
  return labels.length > 0
    ? `sum by (${labels.join(', ')}) (${vector})`
    : `sum(${vector})`;
}
