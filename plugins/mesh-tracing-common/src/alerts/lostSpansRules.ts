import type { AlertRulesRequest } from '../api';
import {
  promQlDuration,
  promQlNumber,
  promQlText,
  siteMatchers,
  equals,
  type MetricsNaming,
} from '../metrics';
import type { AlertFacts } from './AlertContext';
import type { AlertParts } from './AlertRule';
import type { AlertedWorkload } from './AlertSubject';
import {
  type LossSource,
  lossMetricNames,
  PROXY_LOSS_SOURCES,
  SHARED_LOSS_SOURCES,
  spellingsOf,
} from './lossSources';

type LostSpansWish = NonNullable<AlertRulesRequest['lostSpans']>;

/** A source, and the names of its counters. */
interface FoundSource {
  source: LossSource;
  lost: string[];
  handled: string[];
  /** Those of `handled` without which nothing can be said. */
  known: string[];
}

/** Lost spans of the collectors and the store, which all entities share. */
export function sharedLossRules(
  wish: LostSpansWish,
  naming: MetricsNaming,
  { metrics }: AlertFacts,
): AlertParts[] {
  const found = foundSources(SHARED_LOSS_SOURCES, metrics);
  // Without any the usual one is asked for, and found to be missing.
  const [usual] = SHARED_LOSS_SOURCES;
  const sources = found.length > 0 || !usual ? found : [assumedSource(usual)];
  return sources.map(source => lossRule(wish, source, [siteMatchers(naming)]));
}

/** Lost spans of the entity's own proxies; none where their statistics are not there. */
export function proxyLossRules(
  wish: LostSpansWish,
  naming: MetricsNaming,
  of: { workloads: AlertedWorkload[]; facts: AlertFacts },
): AlertParts[] {
  const sets = proxySets(naming, of.workloads);
  return of.facts.metrics && sets.length > 0
    ? foundSources(PROXY_LOSS_SOURCES, of.facts.metrics).map(source =>
        lossRule(wish, source, sets),
      )
    : [];
}

/**
 * Which of the metrics of lost spans there are, by their name.
 *
 * @returns undefined where there is nobody to ask about
 * @public
 */
export function lossMetricsExpression(
  naming: MetricsNaming,
  workloads?: AlertedWorkload[],
): string | undefined {
  const names = lossMetricNames(
    workloads ? PROXY_LOSS_SOURCES : SHARED_LOSS_SOURCES,
  );
  const sets = workloads
    ? proxySets(naming, workloads)
    : [siteMatchers(naming)];
  const selectors = sets.map(
    set => `{${[`__name__=~"${names.join('|')}"`, ...set].join(',')}}`,
  );
  return selectors.length > 0
    ? `count by (__name__) (${selectors.join(' or ')})`
    : undefined;
}

/**
 * Sources that count what they handle. A counter of losses may not be there before the
 * first one: it is asked for all the same, as its neighbours are spelt.
 */
function foundSources(
  sources: readonly LossSource[],
  metrics: ReadonlySet<string> | undefined,
): FoundSource[] {
  const present = (counter: string) =>
    spellingsOf(counter).filter(name => metrics?.has(name));
  return sources.flatMap(source => {
    const known = source.handled.flatMap(present);
    const [first] = known;
    if (!first) {
      return [];
    }
    const suffix = first.endsWith('_total') ? '_total' : '';
    const named = (counters: string[]) =>
      counters.flatMap(counter => {
        const names = present(counter);
        return names.length > 0 ? names : [`${counter}${suffix}`];
      });
    return [
      {
        source,
        lost: named(source.lost),
        handled: named(source.handled),
        known,
      },
    ];
  });
}

function assumedSource(source: LossSource): FoundSource {
  const usual = (counters: string[]) =>
    counters.map(counter => `${counter}_total`);
  const handled = usual(source.handled);
  return { source, lost: usual(source.lost), handled, known: handled };
}

/**
 * Pods of each workload. Names of pods are those of their controller, with as many
 * parts behind it as its kind adds.
 * Source: Kubernetes, names of pods of Deployments, StatefulSets and DaemonSets.
 */
function proxySets(
  naming: MetricsNaming,
  workloads: AlertedWorkload[],
): string[][] {
  const { proxyNamespace = 'namespace', proxyPod = 'pod' } =
    naming.labels ?? {};
  return workloads.map(({ namespace, kind, name }) => {
    const literal = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    const parts = kind === 'Deployment' ? '-[a-z0-9]+-[a-z0-9]+' : '-[a-z0-9]+';
    return [
      equals(proxyNamespace, namespace),
      `${proxyPod}=~${promQlText(literal + parts)}`,
      ...siteMatchers(naming),
    ];
  });
}

function lossRule(
  wish: LostSpansWish,
  { source, lost, handled, known }: FoundSource,
  sets: string[][],
): AlertParts {
  const { maxPercent, windowMinutes } = wish;
  const windowSeconds = windowMinutes * 60;
  const range = promQlDuration(windowSeconds);
  const sum = (names: string[]) => {
    const terms = names.map(name => {
      const rates = sets.map(
        set => `rate(${name}{${set.join(',')}}[${range}])`,
      );
      return `(sum(${rates.join(' or ')}) or vector(0))`;
    });
    return terms.length === 1 ? terms[0] : `(${terms.join(' + ')})`;
  };
  const value = `100 * ${sum(lost)} / ${sum(handled)}`;
  const expression = `${value} > ${promQlNumber(maxPercent)}`;
  return {
    alert: 'MeshTracingSpansLost',
    kind: 'lost-spans',
    variant: source.id,
    expression,
    condition: expression,
    value,
    unit: 'percent',
    threshold: maxPercent,
    forMinutes: wish.forMinutes,
    severity: wish.severity,
    longestWindowSeconds: windowSeconds,
    needs: known.map(metric => ({ metric, sets })),
    summary: `${source.name} lose more than ${maxPercent} % of ${source.counts}`,
    description: `{{ $value | printf "%.3g" }} % of the ${source.counts} of ${windowMinutes} minutes were refused or could not be passed on: traces lack spans, or are missing.`,
  };
}
