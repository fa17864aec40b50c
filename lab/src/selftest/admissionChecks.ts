import assert from 'node:assert/strict';
import { KubeApi } from '../kubernetes/KubeApi';
import { APP_NAMESPACE, ROOT_NAMESPACE } from '../kubernetes/meshWorkloads';
import { waitUntil } from '../lifecycle/componentProcess';
import { resourcePath, type KubeObject } from '../kubernetes/resourcePath';
import {
  MERGE_PATCH,
  refusedAttempts,
  SELECTOR,
  telemetry,
} from './admissionAttempts';
import {
  message,
  telemetriesPath,
  type CheckedLab,
} from '../checks/CheckedLab';

/** RBAC that gives the portal's account more than it gets anywhere. */
const GENEROUS = 'mesh-tracing-generous';

/** Everything that RBAC can grant, so that only the admission policy refuses. */
function generousRights(): KubeObject[] {
  const rbac = 'rbac.authorization.k8s.io';
  return [
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: { name: GENEROUS },
      rules: [
        { apiGroups: ['telemetry.istio.io'], resources: ['*'], verbs: ['*'] },
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: GENEROUS },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: GENEROUS },
      subjects: [
        {
          kind: 'ServiceAccount',
          name: 'mesh-tracing',
          namespace: 'backstage',
        },
      ],
    },
  ];
}

/**
 * Checks the admission policy by itself: the portal's account gets all rights
 * to Telemetries, and still can touch only the portal's own.
 */
export async function checkAdmission({
  checks,
  endpoints,
  portal,
}: CheckedLab): Promise<void> {
  const admin = KubeApi.fromKubeconfig(endpoints.kubeconfig.admin);
  const { present, attempts } = refusedAttempts();
  try {
    await admin.applyAll([...generousRights(), ...present]);
    await waitUntil('RBAC to let the portal change Telemetries', async () => {
      const path = resourcePath(telemetry('mesh-default-tracing'));
      const { body } = await portal.request('PATCH', path, {}, MERGE_PATCH);
      return !/cannot patch resource/.test(JSON.stringify(body));
    });
    for (const { what, send } of attempts) {
      await checks.check(
        `with all rights the portal may not ${what}`,
        async () => {
          const before = await contents(admin);
          const answer = await send(portal);
          assert.equal(answer.status, 403, message(answer));
          assert.match(
            message(answer),
            /ValidatingAdmissionPolicy 'mesh-tracing' .*the portal's/,
          );
          assert.deepEqual(await contents(admin), before);
        },
      );
    }
    await checkOwn(checks, portal, admin);
  } finally {
    for (const object of [...present, ...generousRights()]) {
      await admin.request('DELETE', resourcePath(object));
    }
    admin.close();
  }
}

async function checkOwn(
  checks: CheckedLab['checks'],
  portal: KubeApi,
  admin: KubeApi,
): Promise<void> {
  const own: Array<[string, KubeObject]> = [
    ['of a workload', telemetry('mesh-tracing.admission-own')],
    [
      'of a gateway',
      telemetry('mesh-tracing.admission-gateway', {
        spec: {
          targetRefs: [
            {
              group: 'gateway.networking.k8s.io',
              kind: 'Gateway',
              name: 'nothing',
            },
          ],
        },
      }),
    ],
    [
      'of a namespace',
      telemetry('mesh-tracing-namespace', {
        namespace: 'backstage',
        spec: { tracing: [{ randomSamplingPercentage: 1 }] },
      }),
    ],
    [
      'of the mesh',
      telemetry('mesh-tracing-mesh', {
        namespace: ROOT_NAMESPACE,
        // The mesh has its Telemetry already; this one changes nothing.
        spec: SELECTOR,
      }),
    ],
  ];
  for (const [what, object] of own) {
    await checks.check(
      `the portal creates, changes and deletes its own ${what}`,
      async () => {
        const path = telemetriesPath(object.metadata.namespace ?? '');
        const created = await portal.request('POST', path, object);
        assert.equal(created.status, 201, message(created));
        const stored = created.body as KubeObject;
        stored.metadata.annotations = { 'meshtracing.io/reason': 'because' };
        const changed = await portal.request(
          'PUT',
          resourcePath(object),
          stored,
        );
        assert.equal(changed.status, 200, message(changed));
        const gone = await portal.request('DELETE', resourcePath(object));
        assert.equal(gone.status, 200, message(gone));
      },
    );
  }
  await checks.check('other accounts are not bound by it', async () => {
    const answer = await admin.request(
      'POST',
      `${telemetriesPath(APP_NAMESPACE)}?dryRun=All`,
      telemetry('shop', { labels: {} }),
    );
    assert.equal(answer.status, 201, message(answer));
  });
}

/** Names and versions of all Telemetries. */
async function contents(admin: KubeApi): Promise<string[]> {
  const { body } = await admin.request(
    'GET',
    '/apis/telemetry.istio.io/v1/telemetries',
  );
  const { items } = body as {
    items: Array<{
      metadata: { namespace: string; name: string; resourceVersion: string };
    }>;
  };
  return items
    .map(
      ({ metadata: { namespace, name, resourceVersion } }) =>
        `${namespace}/${name} ${resourceVersion}`,
    )
    .sort();
}
