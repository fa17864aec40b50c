import assert from 'node:assert/strict';
import { KubeApi } from '../kubernetes/KubeApi';
import { APP_NAMESPACE, ROOT_NAMESPACE } from '../kubernetes/meshWorkloads';
import { waitUntil } from '../lifecycle/componentProcess';
import { resourcePath, type KubeObject } from '../kubernetes/resourcePath';
import { message, telemetriesPath, type CheckedLab } from './CheckedLab';

const OWN = { 'app.kubernetes.io/managed-by': 'mesh-tracing' };
const SELECTOR = { selector: { matchLabels: { app: 'nothing-has-this' } } };
const MERGE_PATCH = 'application/merge-patch+json';
/** RBAC that gives the portal's account more than it gets anywhere. */
const GENEROUS = 'mesh-tracing-generous';

interface Written {
  namespace?: string;
  labels?: Record<string, string>;
  spec?: object;
}

function telemetry(
  name: string,
  { namespace = APP_NAMESPACE, labels = OWN, spec = SELECTOR }: Written = {},
): KubeObject {
  return {
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: { name, namespace, labels },
    spec,
  };
}

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

/** One try of the portal's account. */
interface Attempt {
  what: string;
  send: (portal: KubeApi) => ReturnType<KubeApi['request']>;
}

const create = (what: string, object: KubeObject): Attempt => ({
  what,
  send: portal =>
    portal.request(
      'POST',
      telemetriesPath(object.metadata.namespace ?? ''),
      object,
    ),
});

const patch = (what: string, object: KubeObject, body: object): Attempt => ({
  what,
  send: portal =>
    portal.request('PATCH', resourcePath(object), body, MERGE_PATCH),
});

const remove = (what: string, object: KubeObject): Attempt => ({
  what,
  send: portal => portal.request('DELETE', resourcePath(object)),
});

/** Objects that are there, with what the portal's account must not do to them. */
function refusedAttempts(): { present: KubeObject[]; attempts: Attempt[] } {
  const theirs = telemetry('payments-tracing', { labels: {} });
  const relabelled = telemetry('payments-labelled');
  const occupant = telemetry('mesh-tracing.occupied', { labels: {} });
  const own = telemetry('mesh-tracing.admission');
  const root = telemetry('mesh-default-tracing', { namespace: ROOT_NAMESPACE });
  const spec = { spec: { tracing: [{ randomSamplingPercentage: 1 }] } };
  const label = (value: string | null) => ({
    metadata: { labels: { 'app.kubernetes.io/managed-by': value } },
  });
  return {
    present: [theirs, relabelled, occupant, own],
    attempts: [
      create('create what is named as others name it', telemetry('shop')),
      create(
        'create what only begins like a name of the portal',
        telemetry('mesh-tracing-shop'),
      ),
      create(
        'create what is not labelled',
        telemetry('mesh-tracing.shop', { labels: {} }),
      ),
      create(
        "create what is labelled as another's",
        telemetry('mesh-tracing.shop', {
          labels: { 'app.kubernetes.io/managed-by': 'Helm' },
        }),
      ),
      create(
        'create what selects a whole namespace under the name of a workload',
        telemetry('mesh-tracing.shop', { spec: { tracing: [] } }),
      ),
      create(
        'create the object of the mesh elsewhere',
        telemetry('mesh-tracing-mesh', { spec: {} }),
      ),
      create(
        'create the object of a workload in the root namespace',
        telemetry('mesh-tracing.shop', { namespace: ROOT_NAMESPACE }),
      ),
      patch('change what is not named and labelled as its own', theirs, spec),
      patch('label it first', theirs, label('mesh-tracing')),
      patch('change what is labelled and not named so', relabelled, spec),
      patch('take what stands under its name', occupant, label('mesh-tracing')),
      patch('change what stands under its name', occupant, spec),
      patch('change the Telemetry of the mesh', root, spec),
      patch('take the label off its own', own, label(null)),
      patch("label its own as another's", own, label('Helm')),
      patch('widen its own to the namespace', own, {
        spec: { selector: null },
      }),
      remove("delete others' objects", theirs),
      remove('delete what is labelled and not named so', relabelled),
      remove('delete what stands under its name', occupant),
      remove('delete the Telemetry of the mesh', root),
      {
        what: 'delete all of others at once',
        send: portal =>
          portal.request(
            'DELETE',
            `${telemetriesPath(
              APP_NAMESPACE,
            )}?labelSelector=app.kubernetes.io%2Fmanaged-by%21%3Dmesh-tracing`,
          ),
      },
    ],
  };
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
