import {
  envoyTracing,
  type EnvoyListenerTracing,
  type LabEndpoints,
  sendRequests,
} from 'lab';
import { binomialInterval } from '../support/binomialInterval';
import { signIn } from '../support/signIn';
import { expect, test } from '../support/test';
import { telemetryNames, theLab } from '../support/theLab';
import { TracingTab } from '../support/TracingTab';

const REQUESTS = 1_000;
const CONFIDENCE = 0.999;
const OVERRIDE = 'mesh-tracing.frontend-v1';
/** What the namespace says, and what is in force again after the revert. */
const NAMESPACE_PERCENT = 20;

const TAGS = [
  { name: 'team', kind: 'Literal', value: 'storefront' },
  { name: 'tenant', kind: 'Header', value: 'x-tenant' },
  { name: 'tier', kind: 'Environment', value: 'DEPLOY_TIER' },
] as const;

/**
 * Values that the frontend's spans must have, given the header of the requests
 * and the proxy's environment.
 */
const EXPECTED_VALUES = { team: 'storefront', tenant: 'acme', tier: 'lab' };

/** Waits until every listener of the frontend's real Envoy has the percentage. */
async function untilEnvoyHas(
  endpoints: LabEndpoints,
  percent: number,
): Promise<EnvoyListenerTracing[]> {
  const admin = endpoints.envoyAdmin['frontend-v1'];
  await expect
    .poll(
      async () => {
        const listeners = await envoyTracing(admin);
        return [...new Set(listeners.map(l => l.randomSamplingPercent))];
      },
      { timeout: 5_000, intervals: [50] },
    )
    .toEqual([percent]);
  return envoyTracing(admin);
}

/** The gateway-less path: the frontend is the first hop and decides. */
function requestTheFrontend(endpoints: LabEndpoints) {
  return sendRequests({
    url: endpoints.frontend,
    count: REQUESTS,
    headers: { 'x-tenant': EXPECTED_VALUES.tenant },
  });
}

interface JaegerTrace {
  traceID: string;
  spans: Array<{
    processID: string;
    tags: Array<{ key: string; value: unknown }>;
  }>;
  processes: Record<string, { serviceName: string }>;
}

/**
 * Traces in Jaeger by id, each with whether all of its frontend spans carry the
 * tags.
 */
async function tracesInJaeger(
  endpoints: LabEndpoints,
  startMs: number,
): Promise<Map<string, boolean>> {
  const query = new URLSearchParams({
    service: 'frontend.bookinfo',
    limit: '5000',
    start: String(startMs * 1_000),
    end: String(Date.now() * 1_000),
  });
  const response = await fetch(`${endpoints.jaegerQuery}/api/traces?${query}`);
  const { data } = (await response.json()) as { data: JaegerTrace[] };
  const isTagged = (trace: JaegerTrace) => {
    const spans = trace.spans.filter(
      span =>
        trace.processes[span.processID]?.serviceName === 'frontend.bookinfo',
    );
    return (
      spans.length > 0 &&
      spans.every(span => {
        const values = new Map(span.tags.map(tag => [tag.key, tag.value]));
        return Object.entries(EXPECTED_VALUES).every(
          ([key, value]) => values.get(key) === value,
        );
      })
    );
  };
  return new Map(data.map(trace => [trace.traceID, isTagged(trace)]));
}

/**
 * A connection from the app to its sidecar that is open when the configuration
 * changes carries one more request by the former one, then Envoy closes it (drain
 * strategy `immediate`, Istio's own). More at once than there are connections use
 * them all up.
 */
async function useUpOpenConnections(endpoints: LabEndpoints): Promise<void> {
  await sendRequests({ url: endpoints.frontend, count: 256, concurrency: 64 });
}

test('what the owner sets in the form, the real Envoys do', async ({
  page,
}) => {
  const { endpoints, api } = theLab();
  await untilEnvoyHas(endpoints, NAMESPACE_PERCENT);
  await signIn(page, 'Olivia');
  const tab = await TracingTab.open(page, 'frontend', 'sampling');

  await test.step('100 %, three tags, for ten minutes', async () => {
    await tab.startChange();
    await tab.setPercent(100);
    await tab.addTags([...TAGS]);
    await tab.setEndIn(10);
    await tab.giveReason('Find the slow checkout');
    await tab.preview();
    await tab.apply();

    const listeners = await untilEnvoyHas(endpoints, 100);
    for (const listener of listeners) {
      const tags = new Map(
        listener.customTags.map(tag => [tag.name, `${tag.kind} ${tag.value}`]),
      );
      for (const { name, kind, value } of TAGS) {
        expect(tags.get(name)).toBe(`${kind.toLowerCase()} ${value}`);
      }
    }
    await expect(page.getByText('Live in the mesh.')).toBeVisible();
  });

  await test.step('all of the next 1,000 requests are traced', async () => {
    await useUpOpenConnections(endpoints);
    const startMs = Date.now();
    const { sampled, statuses, traceIds } = await requestTheFrontend(endpoints);
    expect(statuses).toEqual({ 200: REQUESTS });
    expect(sampled).toBe(REQUESTS);
    expect(traceIds).toHaveLength(REQUESTS);
    await expect
      .poll(
        async () => {
          const traces = await tracesInJaeger(endpoints, startMs);
          return traceIds.filter(id => !traces.get(id)).length;
        },
        { timeout: 20_000 },
      )
      .toBe(0);
  });

  await test.step('10 %: the share follows', async () => {
    await tab.startChange();
    await tab.setPercent(10);
    await tab.giveReason('Enough was seen');
    await tab.preview();
    await tab.apply();
    await untilEnvoyHas(endpoints, 10);

    const { sampled } = await requestTheFrontend(endpoints);
    const [low, high] = binomialInterval(REQUESTS, 0.1, CONFIDENCE);
    expect(sampled).toBeGreaterThanOrEqual(low);
    expect(sampled).toBeLessThanOrEqual(high);
  });

  await test.step('revert: the Telemetry is gone, the former share is back', async () => {
    expect(await telemetryNames(api, 'bookinfo')).toContain(OVERRIDE);
    await tab.revert();
    await untilEnvoyHas(endpoints, NAMESPACE_PERCENT);
    expect(await telemetryNames(api, 'bookinfo')).not.toContain(OVERRIDE);

    const { sampled } = await requestTheFrontend(endpoints);
    const [low, high] = binomialInterval(
      REQUESTS,
      NAMESPACE_PERCENT / 100,
      CONFIDENCE,
    );
    expect(sampled).toBeGreaterThanOrEqual(low);
    expect(sampled).toBeLessThanOrEqual(high);
  });
});
