import { ServiceUnavailableError } from '@backstage/errors';
import type {
  AlertRulesResponse,
  AlertRuleView,
} from 'backstage-plugin-mesh-tracing-common';
import type { Entity } from '@backstage/catalog-model';
import { alertRulesRequest } from '../testing/portal/requests';
import {
  startMeshTracing,
  type MeshTracingHarness,
  type MeshTracingOptions,
} from '../testing/portal/startMeshTracing';
import { FakeAlertMetrics } from '../testing/tracestore/FakeAlertMetrics';

let harness: MeshTracingHarness;
let metrics: FakeAlertMetrics;

async function start(options: MeshTracingOptions = {}) {
  harness = await startMeshTracing(options);
  metrics = new FakeAlertMetrics();
  Object.assign(harness.store, { alertMetrics: metrics });
}
afterEach(() => harness.stop());

async function rulesFor(body: object = alertRulesRequest()) {
  const { status, body: answer } = await harness.ask('owner', 'alertRules', {
    body,
  });
  expect(status).toBe(200);
  return answer as AlertRulesResponse;
}

function alertsIn({ groups }: AlertRulesResponse): AlertRuleView[] {
  return groups.flatMap(group => group.alerts);
}

function ruleOf(answer: AlertRulesResponse, alert: string): AlertRuleView {
  const rule = alertsIn(answer).find(each => each.alert === alert);
  if (!rule) {
    throw new Error(`There is no ${alert}`);
  }
  return rule;
}

describe('alert rules of an entity', () => {
  beforeEach(() => start());

  it('are checked: series, value, whether the condition holds, and how often it did', async () => {
    metrics.heldMinutesAgo = [20, 15, 10, 5, 0];
    const rule = ruleOf(await rulesFor(), 'MeshTracingErrorRate');
    expect(rule.check).toMatchObject({
      state: 'verified',
      value: 0.5,
      holdsNow: true,
      firedCount: 1,
      firedMinutes: 15,
    });
    expect(rule.expression).toContain(
      'destination_workload=~"frontend",destination_workload_namespace="shop"',
    );
  });

  it('name the metric that is not there, and leave the rule out of the files', async () => {
    metrics.absent = ['traces_span_metrics_calls_total'];
    const answer = await rulesFor();
    const rule = ruleOf(answer, 'MeshTracingTracedShareLow');
    expect(rule).toMatchObject({
      leftOut: true,
      check: {
        state: 'no-series',
        missing: [
          { kind: 'metric', metric: 'traces_span_metrics_calls_total' },
        ],
      },
    });
    expect(answer.files?.ruleFile).not.toContain('TracedShareLow');
    expect(answer.files?.prometheusRule).toContain('MeshTracingErrorRate');
    const kept = await rulesFor(alertRulesRequest({ keepsMissing: true }));
    expect(kept.files?.ruleFile).toContain('TracedShareLow');
    expect(kept.files?.pullRequest.body).toContain('no series');
  });

  it('name the label that no series has', async () => {
    metrics.absent = [
      'destination_workload_namespace="shop",response_code!=""',
      'istio_requests_total{response_code!=""',
    ];
    const rule = ruleOf(await rulesFor(), 'MeshTracingErrorRate');
    expect(rule.check).toEqual({
      state: 'no-series',
      missing: [
        {
          kind: 'label',
          metric: 'istio_requests_total',
          label: 'response_code',
        },
      ],
    });
  });

  it('say so where the metrics have series of others only', async () => {
    metrics.absent = ['destination_workload_namespace="shop"'];
    const rule = ruleOf(await rulesFor(), 'MeshTracingErrorRate');
    expect(rule.check).toMatchObject({
      state: 'no-series',
      missing: [
        { kind: 'series', metric: 'istio_requests_total' },
        { kind: 'series', metric: 'istio_requests_total' },
      ],
    });
  });

  it('ask for lost spans by the counters that are there', async () => {
    metrics.lossMetrics = [
      'otelcol_receiver_refused_spans_total',
      'otelcol_receiver_accepted_spans_total',
      'envoy_tracing_opentelemetry_spans_dropped',
      'envoy_tracing_opentelemetry_spans_sent',
    ];
    const lost = alertsIn(await rulesFor()).filter(
      ({ kind }) => kind === 'lost-spans',
    );
    expect(lost.map(({ variant }) => variant).sort()).toEqual([
      'collector',
      'proxy-otlp',
    ]);
  });

  it('take the histograms that are there, and warn of a threshold above their bounds', async () => {
    const slow = alertRulesRequest({
      latency: {
        p95MaxMs: 5_000,
        leastRequests: 0,
        windowMinutes: 5,
        forMinutes: 0,
        severity: 'info',
      },
    });
    const classic = ruleOf(await rulesFor(slow), 'MeshTracingLatencyP95');
    expect(classic.check).toMatchObject({ largestBoundMs: 1_000 });
    metrics.histogram = 'native';
    const native = ruleOf(await rulesFor(slow), 'MeshTracingLatencyP95');
    expect(native.check).not.toHaveProperty('largestBoundMs');
    expect(native.expression).not.toContain('_bucket');
  });

  it('are made all the same while Prometheus is away, and say that nobody was asked', async () => {
    metrics.failure = new ServiceUnavailableError('Prometheus did not answer');
    const answer = await rulesFor();
    for (const { check } of alertsIn(answer)) {
      expect(check).toEqual({
        state: 'unchecked',
        reason: 'unavailable',
        message: 'Prometheus did not answer',
      });
    }
    expect(answer.files?.ruleFile).toContain('MeshTracingErrorRate');
  });

  it('say what to configure where no metrics are', async () => {
    Object.assign(harness.store, { alertMetrics: undefined });
    const answer = await rulesFor();
    expect(answer.whatToConfigure).toMatch(/Add prometheus/);
    expect(ruleOf(answer, 'MeshTracingErrorRate').check).toEqual({
      state: 'unchecked',
      reason: 'not-configured',
    });
  });

  it('have a pull request with path, text and file', async () => {
    const { files } = await rulesFor(
      alertRulesRequest({ format: 'rule-file' }),
    );
    expect(files?.pullRequest).toMatchObject({
      branch: 'mesh-tracing/alerts-component-default-frontend',
      path: 'alerts/mesh-tracing-component-default-frontend.yaml',
      title: 'Alert rules for component:default/frontend',
      content: files?.ruleFile,
    });
    expect(files?.pullRequest.body).toContain(
      '| component:default/frontend | MeshTracingErrorRate | above 1 %, after 10 min | warning |',
    );
  });

  it('are told to the auditor as a look at figures', async () => {
    await rulesFor();
    expect(harness.audited).toMatchObject([
      {
        eventId: 'requests-read',
        meta: { entityRef: 'component:default/frontend' },
        outcome: 'success',
      },
    ]);
  });

  it('are refused with the field that is wrong', async () => {
    const { status, body } = await harness.ask('owner', 'alertRules', {
      body: { lostSpans: { maxPercent: 100, windowMinutes: 5 } },
    });
    expect(status).toBe(400);
    expect(body.error.message).toContain('lostSpans');
  });
});

describe('the runbook of an alert', () => {
  it('is the latency view of the entity, where the portal is reached', async () => {
    await start();
    const rule = ruleOf(await rulesFor(), 'MeshTracingErrorRate');
    expect(rule.labels).toMatchObject({
      entity_ref: 'component:default/frontend',
      owner: 'user:default/olivia',
    });
    expect(rule.annotations).not.toHaveProperty('runbook_url');
  });
});

function component(nth: number): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: `service-${String(nth).padStart(2, '0')}`,
      namespace: 'default',
      annotations: { 'meshtracing.io/service-names': `service-${nth}` },
    },
    relations: [{ type: 'ownedBy', targetRef: 'user:default/olivia' }],
  };
}

describe('alert rules of what a user owns', () => {
  const askOwned = async (body: object) => {
    const answer = await harness.ask('owner', 'ownedAlertRules', { body });
    expect(answer.status).toBe(200);
    return answer.body as AlertRulesResponse;
  };

  it('are of each entity that may be read, in one file', async () => {
    await start();
    const answer = await askOwned(alertRulesRequest());
    const refs = answer.groups.map(({ entityRef }) => entityRef);
    expect(refs).toContain('component:default/frontend');
    expect(answer.files?.ruleFile).toContain('component:default/frontend');
    expect(answer.files?.pullRequest.title).toContain('user:default/olivia');
  });

  it('leave out entities whose traces the caller may not read', async () => {
    await start({
      policy: (permission, entityRef) =>
        permission !== 'mesh-tracing.traces.read' ||
        entityRef !== 'component:default/frontend',
    });
    const answer = await askOwned(alertRulesRequest());
    expect(answer.withoutRules).toContainEqual({
      entityRef: 'component:default/frontend',
      reason: 'not-readable',
    });
    expect(JSON.stringify(answer.groups)).not.toContain('frontend');
    expect(harness.audited.map(({ meta }) => meta)).not.toContainEqual({
      entityRef: 'component:default/frontend',
    });
  });

  it('are bounded in entities and in questions, and say what is left out', async () => {
    await start({
      entities: Array.from({ length: 30 }, (_, nth) => component(nth)),
    });
    metrics.naming = { metrics: 'spanmetrics' };
    const answer = await askOwned(alertRulesRequest());
    const tooMany = answer.withoutRules.filter(
      ({ reason }) => reason === 'too-many',
    );
    expect(tooMany.length).toBeGreaterThanOrEqual(10);
    expect(metrics.asked.length).toBeLessThanOrEqual(300);
    const states = new Set(
      alertsIn(answer).map(({ check }) =>
        check.state === 'unchecked' ? check.reason : check.state,
      ),
    );
    expect([...states].sort()).toEqual(['too-many', 'verified']);
  });

  it('can be limited to some of them', async () => {
    await start({ entities: [component(1), component(2)] });
    metrics.naming = { metrics: 'spanmetrics' };
    const answer = await askOwned({
      ...alertRulesRequest(),
      entityRefs: ['component:default/service-02'],
    });
    const refs = answer.groups.flatMap(({ entityRef }) => entityRef ?? []);
    expect(refs).toEqual(['component:default/service-02']);
  });

  it('are refused for an owner who is another', async () => {
    await start();
    const { status } = await harness.ask('stranger', 'ownedAlertRules', {
      body: { ...alertRulesRequest(), owner: 'user:default/olivia' },
    });
    expect(status).toBe(403);
  });
});
