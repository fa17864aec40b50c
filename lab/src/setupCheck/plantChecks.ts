import type {
  SetupFinding,
  SetupFindingCode,
} from 'backstage-plugin-mesh-tracing-common';
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { CheckList } from '../checks/CheckList';
import { envoyTracing } from '../envoy/envoyTracing';
import { KubeApi } from '../kubernetes/KubeApi';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { waitUntil } from '../lifecycle/componentProcess';
import { labPaths } from '../lifecycle/LabState';
import type { LabEndpoints } from '../lifecycle/labStatus';
import { sendRequests } from '../traffic/sendRequests';
import { Portal, type SetupQuestion } from './Portal';
import { FORMER_NAME, PRESENT_NAME, sendRenamed } from './sendRenamed';

const HOUR_MS = 3_600_000;
/** Later than a Telemetry may be without being told of loudly. */
const LATER_MS = 48 * HOUR_MS;
const REQUESTS = 60;
/** So that no page's span is in the time of the probes. */
const PAUSE_MS = 1_000;
const SPANS_TIMEOUT_MS = 30_000;
const FULL = 'setup-check';
const ERRORS = 'sample-errors-only';

/** Finds what was planted, as the product answers it; each in its own check. */
export async function checkPlants(
  checks: CheckList,
  lab: string,
  endpoints: LabEndpoints,
): Promise<void> {
  const admin = KubeApi.asAdmin(labPaths(lab).folder);
  const portal = await Portal.start(endpoints, () => Date.now() + LATER_MS);
  const startTimeMs = Date.now() - 1_000;
  let pagesUntilMs = startTimeMs;
  try {
    await checks.check('traffic is sent through a plant of 100 %', async () => {
      await plantTelemetries(admin, endpoints);
      await waitUntil(
        'the watch to show the plants',
        async () => portal.hasTelemetry(FULL) && portal.hasTelemetry(ERRORS),
      );
      await sendPages(endpoints);
      pagesUntilMs = Date.now();
      await delay(PAUSE_MS);
      await sendProbes(endpoints);
    });
    const recent = () => ({ startTimeMs, endTimeMs: Date.now() + 1_000 });
    await checkFrontend(checks, portal, recent);
    await checks.check('a well set up workload has no finding', async () => {
      const { findings, inspected, parts } = await portal.findings({
        workload: 'reviews-v1',
        startTimeMs,
        // The frontend passes probes on: until they came, all was well.
        endTimeMs: pagesUntilMs,
      });
      assert.deepEqual(findings, []);
      assert.ok(inspected.spanCount > 0, 'no span of it was looked at');
      assert.ok(parts.every(({ state }) => state !== 'unavailable'));
      return `${inspected.spanCount} spans looked at`;
    });
    await checks.check('a wish to sample errors is found', async () => {
      const found = await findingOf(portal, 'errors-lost-to-head-sampling', {
        workload: 'details-v1',
        ...recent(),
      });
      assert.equal(found.mends.length, 3);
      return found.what;
    });
    await checkOlder(checks, portal);
    await checkRename(checks, endpoints);
  } finally {
    admin.close();
    await portal.stop();
  }
}

async function checkFrontend(
  checks: CheckList,
  portal: Portal,
  recent: () => Pick<SetupQuestion, 'startTimeMs' | 'endTimeMs'>,
): Promise<void> {
  const planted: SetupFindingCode[] = [
    'full-sampling-without-end',
    'tag-holds-identities',
    'health-checks-traced',
  ];
  for (const code of planted) {
    await checks.check(`${code} is found at the frontend`, async () => {
      const found = await findingOf(portal, code, {
        workload: 'frontend-v1',
        ...recent(),
      });
      assert.equal(found.severity, 'warning');
      assert.doesNotMatch(JSON.stringify(found), /example\.com/);
      return found.what;
    });
  }
}

/** What needs a past: Jaeger's memory began with the lab. */
async function checkOlder(checks: CheckList, portal: Portal): Promise<void> {
  await checks.check('a range beyond the store is found', async () => {
    const endTimeMs = Date.now();
    const found = await findingOf(portal, 'retention-shorter-than-range', {
      workload: 'reviews-v1',
      startTimeMs: endTimeMs - 6 * HOUR_MS,
      endTimeMs,
    });
    return found.what;
  });
}

async function checkRename(
  checks: CheckList,
  endpoints: LabEndpoints,
): Promise<void> {
  const endTimeMs = Date.now();
  const startTimeMs = endTimeMs - HOUR_MS;
  await sendRenamed(endpoints.otlpHttp, { startTimeMs, endTimeMs });
  // Another one, as a portal keeps the list of names for a while.
  const portal = await Portal.start(endpoints, Date.now);
  await checks.check('a renamed service is found', async () => {
    const found = await findingOf(portal, 'service-renamed', {
      workload: 'ratings-v1',
      serviceNames: [FORMER_NAME, PRESENT_NAME],
      startTimeMs,
      endTimeMs,
    });
    return found.what;
  });
  await portal.stop();
}

/** Waits for spans to arrive, which takes a while, and for names to be listed. */
async function findingOf(
  portal: Portal,
  code: SetupFindingCode,
  question: SetupQuestion,
): Promise<SetupFinding> {
  let found: SetupFinding | undefined;
  let seen = '';
  await waitUntil(
    code,
    async () => {
      const answer = await portal.findings({
        ...question,
        // Another window each time, as answers are kept for a while.
        endTimeMs: Math.max(question.endTimeMs, Date.now()),
      });
      seen = JSON.stringify([answer.parts, answer.findings, answer.inspected]);
      found = answer.findings.find(each => each.code === code);
      return found !== undefined;
    },
    undefined,
    SPANS_TIMEOUT_MS,
  ).catch(() => undefined);
  assert.ok(found, `not found; there was ${seen}`);
  return found;
}

async function plantTelemetries(
  admin: KubeApi,
  { envoyAdmin }: LabEndpoints,
): Promise<void> {
  const telemetry = (name: string, app: string, entry: object) =>
    admin.apply({
      apiVersion: 'telemetry.istio.io/v1',
      kind: 'Telemetry',
      metadata: { name, namespace: APP_NAMESPACE },
      spec: { selector: { matchLabels: { app } }, tracing: [entry] },
    });
  await telemetry(FULL, 'frontend', {
    randomSamplingPercentage: 100,
    customTags: { 'app.customer': { header: { name: 'x-customer' } } },
  });
  await telemetry(ERRORS, 'details', { randomSamplingPercentage: 5 });
  await waitUntil(
    "the frontend's Envoy to trace everything",
    async () =>
      (
        await envoyTracing(envoyAdmin['frontend-v1'])
      ).every(({ randomSamplingPercent }) => randomSamplingPercent === 100),
    undefined,
    20_000,
  );
}

/** Pages of customers, who are named in a header. */
async function sendPages({ frontend }: LabEndpoints): Promise<void> {
  let customer = 0;
  await sendRequests({
    url: frontend,
    count: REQUESTS,
    headersOf: () => {
      customer += 1;
      return { 'x-customer': `customer${customer}@example.com` };
    },
  });
}

async function sendProbes({ frontend }: LabEndpoints): Promise<void> {
  await sendRequests({
    url: new URL('/healthz', frontend).href,
    count: REQUESTS,
    headers: { 'user-agent': 'kube-probe/1.34' },
  });
}
