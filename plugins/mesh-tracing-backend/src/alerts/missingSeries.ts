import type {
  AlertCheck,
  SeriesNeed,
} from 'backstage-plugin-mesh-tracing-common';
import type { LiveMetrics } from './LiveMetrics';

/** What of a need is not there. */
type Missing = Extract<AlertCheck, { state: 'no-series' }>['missing'][number];

/** Name of the label in a matcher such as `reporter="destination"`. */
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)[=!]/;

/**
 * Which of the needed series the metrics lack, and what exactly: the metric, a label
 * of it, or only the series of these requests.
 *
 * @throws as {@link LiveMetrics.at} does
 */
export async function missingSeries(
  needs: SeriesNeed[],
  live: LiveMetrics,
): Promise<Missing[]> {
  const found = await Promise.all(needs.map(need => missingOf(need, live)));
  const missing = found.flatMap(each => each ?? []);
  // A need for a label of a metric is not there either when the metric is not.
  const isCovered = ({ kind, metric }: Missing) =>
    kind !== 'metric' &&
    missing.some(other => other.kind === 'metric' && other.metric === metric);
  return unique(missing.filter(each => !isCovered(each)));
}

async function missingOf(
  { metric, sets, label }: SeriesNeed,
  live: LiveMetrics,
): Promise<Missing | undefined> {
  const withLabel = label ? [`${label}!=""`] : [];
  const selectors = sets.map(
    set => `${metric}{${[...set, ...withLabel].join(',')}}`,
  );
  const exists = async (selector: string) =>
    (await live.at(`count(${selector})`)).some(({ value }) => value > 0);
  if (await exists(selectors.join(' or '))) {
    return undefined;
  }
  if (!(await exists(metric))) {
    return { kind: 'metric', metric };
  }
  const labels = [
    ...new Set(sets.flat().flatMap(matcher => LABEL.exec(matcher)?.[1] ?? [])),
    ...(label ? [label] : []),
  ];
  for (const name of labels) {
    if (!(await exists(`${metric}{${name}!=""}`))) {
      return { kind: 'label', metric, label: name };
    }
  }
  return { kind: 'series', metric, selector: selectors.join(' or ') };
}

function unique(missing: Missing[]): Missing[] {
  const byText = new Map(missing.map(each => [JSON.stringify(each), each]));
  return [...byText.values()];
}
