import assert from 'node:assert/strict';
import { APP_NAMESPACE, ROOT_NAMESPACE } from '../kubernetes/meshWorkloads';
import {
  message,
  telemetriesPath,
  telemetry,
  type CheckedLab,
} from '../checks/CheckedLab';

/** Checks that the portal may do what it must and no more. */
export async function checkRights({
  checks,
  portal,
}: CheckedLab): Promise<void> {
  const refused: Array<[string, string, string, object?]> = [
    [
      'write Telemetries in the root namespace',
      'POST',
      telemetriesPath(ROOT_NAMESPACE),
      telemetry(ROOT_NAMESPACE, {}),
    ],
    ['read secrets', 'GET', '/api/v1/namespaces/istio-system/secrets'],
    ['read all ConfigMaps', 'GET', '/api/v1/configmaps'],
    [
      'change namespaces',
      'PATCH',
      `/api/v1/namespaces/${APP_NAMESPACE}`,
      { metadata: { annotations: { 'meshtracing.io/gitops': 'false' } } },
    ],
    [
      'delete pods',
      'DELETE',
      '/api/v1/namespaces/bookinfo/pods/does-not-matter',
    ],
  ];
  for (const [what, method, path, body] of refused) {
    await checks.check(`the portal may not ${what}`, async () => {
      const answer = await portal.request(method, path, body);
      assert.equal(answer.status, 403, message(answer));
    });
  }
  await checks.check('the portal reads what it must', async () => {
    const paths = [
      '/api/v1/pods',
      '/api/v1/services',
      '/api/v1/namespaces',
      '/apis/apps/v1/deployments',
      '/apis/apps/v1/replicasets',
      '/apis/apps/v1/statefulsets',
      '/apis/apps/v1/daemonsets',
      '/apis/batch/v1/cronjobs',
      '/apis/telemetry.istio.io/v1/telemetries',
      '/apis/networking.istio.io/v1/serviceentries',
      '/apis/networking.istio.io/v1/sidecars',
      '/apis/networking.istio.io/v1alpha3/envoyfilters',
      '/apis/gateway.networking.k8s.io/v1/gateways',
      '/apis/gateway.networking.k8s.io/v1/gatewayclasses',
      '/apis/discovery.k8s.io/v1/namespaces/istio-system/endpointslices',
      '/apis/networking.istio.io/v1/namespaces/istio-system/workloadentries',
      '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
      '/api/v1/namespaces/istio-system/configmaps/istio',
      '/api/v1/namespaces/istio-system/configmaps?fieldSelector=metadata.name%3Distio',
    ];
    for (const path of paths) {
      const answer = await portal.request('GET', path);
      assert.equal(answer.status, 200, `${path}: ${message(answer)}`);
    }
  });
}

/** Checks that istiod and the schema refuse what they should. */
export async function checkWebhook({
  checks,
  portal,
}: CheckedLab): Promise<void> {
  await checks.check('istiod refuses an invalid Telemetry', async () => {
    // Valid by the schema: only istiod's webhook knows that names are needed.
    const answer = await portal.request(
      'POST',
      telemetriesPath(APP_NAMESPACE),
      telemetry(APP_NAMESPACE, { '': { literal: { value: 'x' } } }),
    );
    assert.equal(answer.status, 400, message(answer));
    assert.match(message(answer), /admission webhook "validation.istio.io"/);
  });
  await checks.check('the API server refuses 150 %', async () => {
    const answer = await portal.request(
      'POST',
      telemetriesPath(APP_NAMESPACE),
      telemetry(APP_NAMESPACE, {}, 150),
    );
    assert.equal(answer.status, 422, message(answer));
  });
}
