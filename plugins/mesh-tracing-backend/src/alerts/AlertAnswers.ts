import {
  alertFiles,
  alertPullRequest,
  entityAlertGroup,
  storeAlertGroup,
  type AlertCheck,
  type AlertGroup,
  type AlertRule,
  type AlertRulesRequest,
  type AlertRulesResponse,
  type MetricsNaming,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceStore } from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../shared/EntityContext';
import { readOptionsOf } from '../tracestore';
import { namedEntity, type TraceServiceNames } from '../workloads';
import { alertFacts } from './alertFacts';
import { alertSubject } from './alertSubject';
import { checkAlertRule, uncheckedBy } from './checkAlertRule';
import { LiveMetrics } from './LiveMetrics';
import { QuestionBudget } from './QuestionBudget';

/** Where nothing is configured the usual names stand in, and nobody is asked. */
const USUAL_NAMES: MetricsNaming = { metrics: 'istio' };
const WHAT_TO_CONFIGURE =
  "Add prometheus with the Prometheus that scrapes the mesh's proxies to the trace store in meshTracing.traceStores; until then the rules use Istio's standard names and are not checked.";

const NOT_CONFIGURED: AlertCheck = {
  state: 'unchecked',
  reason: 'not-configured',
};

type Group = AlertRulesResponse['groups'][number];
type WithoutRules = AlertRulesResponse['withoutRules'];

/** A group of rules, with the store whose metrics it is about. */
interface StoreGroup {
  store: TraceStore;
  live: LiveMetrics | undefined;
  /** Why the store could not be asked for what rules are made of. */
  unavailable?: unknown;
  group: AlertGroup;
}

/** An entity and the store of its traces. */
interface StoredEntity {
  context: EntityContext;
  store: TraceStore;
}

/** Answers `POST …/alert-rules` and `POST /owned/alert-rules`. */
export class AlertAnswers {
  readonly #names: TraceServiceNames;
  readonly #portalUrl: string | undefined;
  readonly #now: () => number;

  static create(options: {
    names: TraceServiceNames;
    portalUrl?: string;
    now?: () => number;
  }): AlertAnswers {
    return new AlertAnswers(options);
  }

  private constructor(options: {
    names: TraceServiceNames;
    portalUrl?: string;
    now?: () => number;
  }) {
    this.#names = options.names;
    this.#portalUrl = options.portalUrl;
    this.#now = options.now ?? Date.now;
  }

  /** @throws as {@link TraceServiceNames.storeOf} does */
  async ofEntity(
    context: EntityContext,
    request: AlertRulesRequest,
  ): Promise<AlertRulesResponse> {
    const store = this.#names.storeOf(namedEntity(context));
    return this.#answer(context.entityRef, [{ context, store }], request, []);
  }

  /**
   * @param title - whose entities these are
   * @param withoutRules - entities that have been left out already
   */
  async ofEntities(
    title: string,
    contexts: EntityContext[],
    request: AlertRulesRequest,
    withoutRules: WithoutRules,
  ): Promise<AlertRulesResponse> {
    const stored: StoredEntity[] = [];
    const left: WithoutRules = [...withoutRules];
    for (const context of contexts) {
      try {
        const store = this.#names.storeOf(namedEntity(context));
        stored.push({ context, store });
      } catch {
        left.push({ entityRef: context.entityRef, reason: 'no-store' });
      }
    }
    return this.#answer(title, stored, request, left);
  }

  async #answer(
    title: string,
    entities: StoredEntity[],
    request: AlertRulesRequest,
    withoutRules: WithoutRules,
  ): Promise<AlertRulesResponse> {
    const groups = await this.#groups(entities, request);
    const checks = new Map<AlertRule, AlertCheck>();
    await Promise.all(
      groups.flatMap(({ group, live, unavailable }) =>
        group.alerts.map(async rule => {
          checks.set(rule, await checkOf(rule, live, unavailable));
        }),
      ),
    );
    entities.forEach(({ context }) => context.signal?.throwIfAborted());
    const view = (rule: AlertRule) => ({
      check: checks.get(rule) ?? NOT_CONFIGURED,
      leftOut: checks.get(rule)?.state === 'no-series' && !request.keepsMissing,
    });
    const empty = groups.filter(
      ({ group }) =>
        group.entityRef && !group.isMeasured && group.alerts.length === 0,
    );
    return {
      groups: groups
        .filter(({ group }) => group.alerts.length > 0)
        .map(of => viewOf(of, view)),
      ...(groups.some(({ live }) => !live) && {
        whatToConfigure: WHAT_TO_CONFIGURE,
      }),
      files: filesOf(title, groups, request, view),
      withoutRules: [
        ...withoutRules,
        ...empty.map(({ group }) => ({
          entityRef: group.entityRef ?? '',
          reason: 'no-workload' as const,
        })),
      ],
    };
  }

  async #groups(
    entities: StoredEntity[],
    request: AlertRulesRequest,
  ): Promise<StoreGroup[]> {
    const budget = QuestionBudget.create(this.#now);
    const lives = new Map<TraceStore, LiveMetrics | undefined>();
    for (const { store, context } of entities) {
      if (!lives.has(store)) {
        lives.set(store, LiveMetrics.of(store, budget, readOptionsOf(context)));
      }
    }
    const ofEntities = entities.map(async ({ context, store }) => {
      const live = lives.get(store);
      const subject = alertSubject(context, this.#names, this.#portalUrl);
      const { facts, unavailable } = await alertFacts(live, request, subject);
      const naming = live?.metrics.naming ?? USUAL_NAMES;
      const group = entityAlertGroup(subject, request, { naming, facts });
      return { store, live, unavailable, group };
    });
    const ofStores = [...lives].map(async ([store, live]) => {
      const { facts, unavailable } = await alertFacts(live, request);
      const naming = live?.metrics.naming ?? USUAL_NAMES;
      const group = storeAlertGroup(store.name, request, { naming, facts });
      return { store, live, unavailable, group };
    });
    return Promise.all([...ofEntities, ...ofStores]);
  }
}

async function checkOf(
  rule: AlertRule,
  live: LiveMetrics | undefined,
  unavailable: unknown,
): Promise<AlertCheck> {
  if (!live) {
    return NOT_CONFIGURED;
  }
  return unavailable === undefined
    ? checkAlertRule(rule, live)
    : uncheckedBy(unavailable);
}

function viewOf(
  { group, store, live }: StoreGroup,
  view: (rule: AlertRule) => Pick<Group['alerts'][number], 'check' | 'leftOut'>,
): Group {
  const metrics = live?.metrics.naming.metrics;
  return {
    name: group.name,
    ...(group.entityRef && { entityRef: group.entityRef }),
    store: store.name,
    ...(metrics && {
      metrics: metrics === 'istio' ? 'istio' : ('span-metrics' as const),
    }),
    recordingCount: group.recordings.length,
    alerts: group.alerts.map(rule => ({
      alert: rule.alert,
      kind: rule.kind,
      ...(rule.variant && { variant: rule.variant }),
      expression: rule.expression,
      forMinutes: rule.forMinutes,
      severity: rule.severity,
      unit: rule.unit,
      threshold: rule.threshold,
      labels: rule.labels,
      annotations: rule.annotations,
      ...view(rule),
    })),
    leftOutBurnRates: group.leftOutBurnRates,
  };
}

function filesOf(
  title: string,
  groups: StoreGroup[],
  request: AlertRulesRequest,
  view: (rule: AlertRule) => { check: AlertCheck; leftOut: boolean },
): AlertRulesResponse['files'] {
  const kept = groups
    .map(({ group }) => withoutLeftOut(group, rule => view(rule).leftOut))
    .filter(({ alerts }) => alerts.length > 0);
  if (kept.length === 0) {
    return null;
  }
  const files = alertFiles(title, kept, request.object);
  return {
    ...files,
    pullRequest: alertPullRequest({
      title,
      groups: kept,
      files,
      format: request.format,
      checkOf: rule => view(rule).check,
    }),
  };
}

/** Series are recorded for the alerts of an objective only. */
function withoutLeftOut(
  group: AlertGroup,
  isLeftOut: (rule: AlertRule) => boolean,
): AlertGroup {
  const alerts = group.alerts.filter(rule => !isLeftOut(rule));
  const needsRecordings = alerts.some(({ kind }) => kind === 'error-budget');
  return {
    ...group,
    alerts,
    recordings: needsRecordings ? group.recordings : [],
  };
}
