import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  alertFiles,
  entityAlertGroup,
  type AlertCheck,
  type AlertGroup,
  type AlertWishes,
} from 'backstage-plugin-mesh-tracing-common';
import {
  alertFacts,
  checkAlertRule,
  LiveMetrics,
  QuestionBudget,
} from 'backstage-plugin-mesh-tracing-backend/src/alerts';
import type { CheckList } from '../checks/CheckList';
import { waitUntil } from '../lifecycle/componentProcess';
import { startComponent, stopComponent } from '../lifecycle/components';
import { withPrometheus } from '../metricsCheck/metricsStore';
import { steadyTraffic } from './steadyTraffic';
import { FRONTEND_SUBJECT } from './AlertLab';
import { LivePrometheus } from './LivePrometheus';

/** A lab with traffic, and a Prometheus that reads rules of a folder. */
export interface FiringLab {
  name: string;
  frontend: string;
  prometheusUrl: string;
  ruleFolder: string;
  signal: AbortSignal;
}

const timing = {
  windowMinutes: 1,
  forMinutes: 0,
  severity: 'critical',
} as const;
const WISHES: AlertWishes = {
  errorRate: { maxPercent: 10, leastRequests: 20, ...timing },
  latency: { p95MaxMs: 60_000, leastRequests: 20, ...timing },
  lostSpans: { maxPercent: 20, ...timing },
  tracedShare: { minPercent: 1, ...timing },
};
/** A window, and some readings. */
const TIMEOUT_MS = 90_000;

/** Rules as the product makes them for this Prometheus, and what it says of each. */
async function made(
  url: string,
): Promise<{ group: AlertGroup; checks: Record<string, AlertCheck> }> {
  return withPrometheus({ url, metrics: 'istio' }, async store => {
    const live = LiveMetrics.of(store, QuestionBudget.create(Date.now), {});
    assert.ok(live);
    const { facts, unavailable } = await alertFacts(
      live,
      WISHES,
      FRONTEND_SUBJECT,
    );
    assert.equal(unavailable, undefined);
    const group = entityAlertGroup(FRONTEND_SUBJECT, WISHES, {
      naming: live.metrics.naming,
      facts,
    });
    const checks: Record<string, AlertCheck> = {};
    for (const rule of group.alerts) {
      checks[rule.alert] = await checkAlertRule(rule, live);
    }
    return { group, checks };
  });
}

function assertVerified(check: AlertCheck | undefined): void {
  assert.equal(check?.state, 'verified', JSON.stringify(check));
  assert.ok(check?.state === 'verified' && !check.holdsNow);
}

async function checkBeforehand(
  checks: CheckList,
  { prometheusUrl }: FiringLab,
): Promise<AlertGroup | undefined> {
  let group: AlertGroup | undefined;
  await checks.check(
    "rules are verified against the lab's Prometheus before they are shown",
    async () => {
      await waitUntil(
        'requests and spans to be counted',
        async () => {
          const { checks: found } = await made(prometheusUrl);
          return ['MeshTracingErrorRate', 'MeshTracingSpansLost'].every(
            alert => found[alert]?.state === 'verified',
          );
        },
        undefined,
        60_000,
      );
      const now = await made(prometheusUrl);
      assertVerified(now.checks.MeshTracingErrorRate);
      assertVerified(now.checks.MeshTracingLatencyP95);
      assertVerified(now.checks.MeshTracingSpansLost);
      group = now.group;
      return Object.keys(now.checks).join(', ');
    },
  );
  await checks.check(
    'a rule whose metric the lab does not have is said to have none, by name',
    async () => {
      const { checks: found } = await made(prometheusUrl);
      assert.deepEqual(found.MeshTracingTracedShareLow, {
        state: 'no-series',
        missing: [
          { kind: 'metric', metric: 'traces_span_metrics_calls_total' },
        ],
      });
    },
  );
  return group;
}

/** Ends a component of the lab, and starts it again: an alert fires, and resolves. */
async function checkPlanted(
  checks: CheckList,
  lab: FiringLab,
  planted: { component: string; alert: string; failure: string },
): Promise<void> {
  const { component, alert, failure } = planted;
  const live = LivePrometheus.at(lab.prometheusUrl);
  const wait = { timeoutMs: TIMEOUT_MS, signal: lab.signal };
  await checks.check(`${failure}: ${alert} fires`, async () => {
    assert.deepEqual(await live.firing(alert), []);
    await stopComponent(component, lab.name);
    const tookMs = await live.until(alert, true, wait);
    const [active] = await live.firing(alert);
    assert.equal(active?.labels.entity_ref, FRONTEND_SUBJECT.entityRef);
    assert.equal(active?.labels.owner, FRONTEND_SUBJECT.ownerRef);
    assert.equal(active?.annotations.runbook_url, FRONTEND_SUBJECT.tabUrl);
    const { checks: found } = await made(lab.prometheusUrl);
    const said = found[alert];
    assert.ok(said?.state === 'verified' && said.holdsNow);
    return `after ${(tookMs / 1_000).toFixed(0)} s: ${
      active?.annotations.description
    }`;
  });
  await checks.check(`${failure}, and mended: ${alert} resolves`, async () => {
    await startComponent(component, lab.name);
    const tookMs = await live.until(alert, false, wait);
    return `after ${(tookMs / 1_000).toFixed(0)} s`;
  });
}

/** Planted failures make the rules fire that the product made for this lab. */
export async function checkFiring(
  checks: CheckList,
  lab: FiringLab,
): Promise<void> {
  const traffic = steadyTraffic(lab.frontend);
  try {
    const group = await checkBeforehand(checks, lab);
    if (!group) return;
    await checks.check('Prometheus loads the file of rules', async () => {
      writeFileSync(
        join(lab.ruleFolder, 'rules.yaml'),
        alertFiles(FRONTEND_SUBJECT.entityRef, [group]).ruleFile,
      );
      await LivePrometheus.at(lab.prometheusUrl).reload();
    });
    await checkPlanted(checks, lab, {
      component: 'bookinfo',
      alert: 'MeshTracingErrorRate',
      failure: 'the application is gone',
    });
  } finally {
    await traffic.stop();
  }
}
