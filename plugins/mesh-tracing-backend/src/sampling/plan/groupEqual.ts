import type {
  Finding,
  PolicyVerdictView,
} from 'backstage-plugin-mesh-tracing-common';

/** Verdicts that say the same, such as once for each workload, as one with a count. */
export function groupVerdicts(
  verdicts: readonly PolicyVerdictView[],
): PolicyVerdictView[] {
  const byContent = groupBy(verdicts, ({ rule, allowed, message, field }) =>
    JSON.stringify([rule, allowed, message, field]),
  );
  return byContent.map(([first, ...more]) =>
    more.length === 0 ? first : { ...first, count: more.length + 1 },
  );
}

/** Findings that say the same, as one about all of their resources. */
export function groupFindings(findings: readonly Finding[]): Finding[] {
  const byContent = groupBy(findings, finding =>
    JSON.stringify([
      finding.severity,
      finding.code,
      finding.what,
      finding.whatToDo,
      finding.link,
    ]),
  );
  return byContent.map(group => {
    const resources = new Set(group.flatMap(item => item.resources ?? []));
    return {
      ...group[0],
      ...(resources.size > 0 && { resources: [...resources] }),
    };
  });
}

/** In the order of the first of each group. */
function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Array<[T, ...T[]]> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return [...groups.values()];
}
