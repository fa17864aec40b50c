import {
  INTERVAL_S,
  requestsUntil,
  type RequestGroup,
  type RequestHistory,
} from './RequestGroup';

function labelText(labels: Record<string, string>): string {
  const parts = Object.entries(labels).map(([name, value]) => {
    const escaped = value.replace(/\\/g, '\\\\').replace(/"/g, '\\"');
    return `${name}="${escaped}"`;
  });
  return `{${parts.join(',')}}`;
}

function readings(
  history: RequestHistory,
  group: RequestGroup,
  name: string,
  of: { labels: Record<string, string>; share: number },
): string[] {
  const lines: string[] = [];
  const series = `${name}${labelText(of.labels)}`;
  for (let atS = history.startS; atS <= history.endS; atS += INTERVAL_S) {
    lines.push(
      `${series} ${requestsUntil(history, group, atS) * of.share} ${atS}`,
    );
  }
  return lines;
}

function histogramLines(
  history: RequestHistory,
  group: RequestGroup,
): string[] {
  const { histogram, bounds } = history;
  const shareUpTo = (bound: number) =>
    Object.entries(group.buckets)
      .filter(([upper]) => Number(upper) <= bound)
      .reduce((sum, [, share]) => sum + share, 0);
  const buckets = [...bounds, Infinity].flatMap(bound =>
    readings(history, group, `${histogram}_bucket`, {
      labels: {
        ...group.labels,
        le: bound === Infinity ? '+Inf' : String(bound),
      },
      share: shareUpTo(bound),
    }),
  );
  const rest = { labels: group.labels, share: 1 };
  return [
    ...buckets,
    ...readings(history, group, `${histogram}_count`, rest),
    ...readings(history, group, `${histogram}_sum`, rest),
  ];
}

/** Histories in the text that `promtool` makes blocks of. */
export function openMetrics(histories: RequestHistory[]): string {
  const lines = histories.flatMap(history => [
    `# TYPE ${history.counter.replace(/_total$/, '')} counter`,
    ...history.groups.flatMap(group =>
      readings(history, group, history.counter, {
        labels: group.labels,
        share: 1,
      }),
    ),
    `# TYPE ${history.histogram} histogram`,
    ...history.groups.flatMap(group => histogramLines(history, group)),
  ]);
  return [...lines, '# EOF', ''].join('\n');
}
