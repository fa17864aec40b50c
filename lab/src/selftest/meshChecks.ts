import assert from 'node:assert/strict';
import { envoyTracing, type EnvoyListenerTracing } from '../envoy/envoyTracing';
import { readManifest } from '../kubernetes/manifests';
import { APP_NAMESPACE, ROOT_NAMESPACE } from '../kubernetes/meshWorkloads';
import { waitUntil } from '../lifecycle/componentProcess';
import { restartApiServer, restartIstiod } from '../lifecycle/components';
import { httpGet } from '../process/httpGet';
import { sendRequests } from '../traffic/sendRequests';
import {
  message,
  SELFTEST_NAME,
  telemetriesPath,
  telemetry,
  type CheckedLab,
} from '../checks/CheckedLab';
import { checkAdmission } from './admissionChecks';
import { checkRights, checkWebhook } from './rightsChecks';

const REQUESTS = 200;
const READ_TRACES = 20;
const TAGS = { team: 'storefront', tenant: 'acme', tier: 'lab' };

function hasTags(listener: EnvoyListenerTracing): boolean {
  const tags = new Map(
    listener.customTags.map(tag => [tag.name, `${tag.kind} ${tag.value}`]),
  );
  return (
    tags.get('team') === 'literal storefront' &&
    tags.get('tenant') === 'header x-tenant' &&
    tags.get('tier') === 'environment DEPLOY_TIER'
  );
}

/** Milliseconds until every listener of an Envoy satisfies a condition. */
async function untilEnvoy(
  admin: string,
  condition: (listener: EnvoyListenerTracing) => boolean,
): Promise<string> {
  const startMs = Date.now();
  await waitUntil(
    `Envoy at ${admin} to follow`,
    async () => (await envoyTracing(admin)).every(condition),
    undefined,
    10_000,
  );
  return `after ${Date.now() - startMs} ms`;
}

async function checkStart({ checks, endpoints }: CheckedLab): Promise<void> {
  await checks.check('pages come by the gateway and past it', async () => {
    for (const url of [endpoints.gateway, endpoints.frontend]) {
      const { statuses } = await sendRequests({ url, count: 50 });
      assert.deepEqual(statuses, { 200: 50 });
    }
  });
  await checks.check('each Envoy has the Telemetry of its level', async () => {
    const { envoyAdmin } = endpoints;
    const expected = {
      'istio-ingressgateway': [10, undefined],
      'frontend-v1': [20, 'system'],
      'reviews-v2': [20, 'system'],
      'ratings-v1': [50, 'deploy.tier'],
    } as const;
    for (const [workload, [percent, tag]] of Object.entries(expected)) {
      const listeners = await envoyTracing(
        envoyAdmin[workload as keyof typeof expected],
      );
      assert.ok(listeners.length > 0, `${workload} has no listener`);
      for (const listener of listeners) {
        assert.equal(listener.randomSamplingPercent, percent, workload);
        assert.match(listener.providerCluster ?? '', /jaeger-collector/);
        const names = listener.customTags.map(({ name }) => name);
        assert.ok(!tag || names.includes(tag), `${workload}: no tag ${tag}`);
      }
    }
  });
}

async function checkTraces(lab: CheckedLab): Promise<void> {
  const { checks, endpoints } = lab;
  const { traceIds, statuses } = await sendRequests({
    url: endpoints.frontend,
    count: REQUESTS,
    headers: { 'x-tenant': TAGS.tenant },
  });
  await checks.check('at 100 % every request is traced', async () => {
    assert.deepEqual(statuses, { 200: REQUESTS });
    assert.equal(traceIds.length, REQUESTS);
  });
  const dialects = { legacy: '/api/traces', v3: '/api/v3/traces' };
  for (const [dialect, path] of Object.entries(dialects)) {
    await checks.check(
      `Jaeger has the traces with their tags (${dialect})`,
      async () => {
        for (const traceId of traceIds.slice(0, READ_TRACES)) {
          const url = `${endpoints.jaegerQuery}${path}/${traceId}`;
          await waitUntil(
            `trace ${traceId} with its tags`,
            async () => {
              const { status, body } = await httpGet(url);
              const found = Object.entries(TAGS).every(
                ([key, value]) =>
                  body.includes(`"${key}"`) && body.includes(`"${value}"`),
              );
              return status === 200 && found && body.includes('details.');
            },
            undefined,
            10_000,
          );
        }
      },
    );
  }
}

async function checkOverride(lab: CheckedLab): Promise<void> {
  const { checks, portal, endpoints } = lab;
  const admin = endpoints.envoyAdmin['frontend-v1'];
  await checks.check(
    'the portal writes a Telemetry, Envoy has it',
    async () => {
      const answer = await portal.request(
        'POST',
        `${telemetriesPath(APP_NAMESPACE)}?fieldValidation=Strict`,
        telemetry(APP_NAMESPACE, {
          team: { literal: { value: 'storefront' } },
          tenant: { header: { name: 'x-tenant' } },
          tier: { environment: { name: 'DEPLOY_TIER' } },
        }),
      );
      assert.equal(answer.status, 201, message(answer));
      return untilEnvoy(
        admin,
        listener => listener.randomSamplingPercent === 100 && hasTags(listener),
      );
    },
  );
  await checkTraces(lab);
  await checks.check('deleted, the former sampling is back', async () => {
    const answer = await portal.request(
      'DELETE',
      `${telemetriesPath(APP_NAMESPACE)}/${SELFTEST_NAME}`,
    );
    assert.equal(answer.status, 200, message(answer));
    return untilEnvoy(
      admin,
      listener => listener.randomSamplingPercent === 20 && !hasTags(listener),
    );
  });
}

async function checkRestarts(lab: CheckedLab): Promise<void> {
  const { checks, name, portal, endpoints } = lab;
  await checks.check('istiod restarts and judges again', async () => {
    await restartIstiod(name);
    await waitUntil('a write', async () => {
      const answer = await portal.request(
        'POST',
        `${telemetriesPath(APP_NAMESPACE)}?dryRun=All`,
        telemetry(APP_NAMESPACE, {}),
      );
      return answer.status === 201;
    });
  });
  await checks.check('the API server restarts, traffic goes on', async () => {
    const [{ statuses }] = await Promise.all([
      sendRequests({ url: endpoints.gateway, count: 300, concurrency: 2 }),
      restartApiServer(name),
    ]);
    assert.deepEqual(statuses, { 200: 300 });
    const answer = await portal.request('GET', telemetriesPath(ROOT_NAMESPACE));
    const { items } = answer.body as { items: unknown[] };
    const written = readManifest('telemetries.yaml').filter(
      ({ metadata }) => metadata.namespace === ROOT_NAMESPACE,
    );
    assert.equal(items.length, written.length);
  });
}

/** Checks everything that a lab is for. */
export async function checkMesh(lab: CheckedLab): Promise<void> {
  await checkStart(lab);
  await checkOverride(lab);
  await checkRights(lab);
  await checkAdmission(lab);
  await checkWebhook(lab);
  await checkRestarts(lab);
}
