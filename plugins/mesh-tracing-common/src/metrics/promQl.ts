/** A text as PromQL literal, in double quotes. @public */
export function promQlText(text: string): string {
  const escaped = text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n');
  return `"${escaped}"`;
}

/** A matcher `label=~"…"` for exactly these values. @public */
export function oneOf(label: string, values: string[]): string {
  const alternatives = values.map(value =>
    value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
  );
  return `${label}=~${promQlText(alternatives.join('|'))}`;
}

/** A matcher `label="…"`. @public */
export function equals(label: string, value: string): string {
  return `${label}=${promQlText(value)}`;
}

/** `sum by (…) (…)`, or `sum(…)` over all. @public */
export function sumBy(labels: string[], vector: string): string {
  return labels.length > 0
    ? `sum by (${labels.join(', ')}) (${vector})`
    : `sum(${vector})`;
}

/** A duration as PromQL writes it, in the largest unit that fits: `90s`, `5m`, `3d`. @public */
export function promQlDuration(seconds: number): string {
  const units: Array<[string, number]> = [
    ['d', 86_400],
    ['h', 3_600],
    ['m', 60],
  ];
  const [unit, length] = units.find(([, size]) => seconds % size === 0) ?? [
    's',
    1,
  ];
  return `${seconds / length}${unit}`;
}

/** A number as PromQL reads it, without the dust of binary fractions. @public */
export function promQlNumber(value: number): string {
  return String(Number(value.toPrecision(12)));
}
