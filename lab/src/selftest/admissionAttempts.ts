import type { KubeApi } from '../kubernetes/KubeApi';
import { APP_NAMESPACE, ROOT_NAMESPACE } from '../kubernetes/meshWorkloads';
import { resourcePath, type KubeObject } from '../kubernetes/resourcePath';
import { telemetriesPath } from '../checks/CheckedLab';

const OWN = { 'app.kubernetes.io/managed-by': 'mesh-tracing' };
/** A selector that matches nothing in the lab. */
export const SELECTOR = {
  selector: { matchLabels: { app: 'nothing-has-this' } },
};
export const MERGE_PATCH = 'application/merge-patch+json';

interface Written {
  namespace?: string;
  labels?: Record<string, string>;
  spec?: object;
}

/** A Telemetry, marked as the portal's unless told otherwise. */
export function telemetry(
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

/** One try of the portal's account. */
export interface Attempt {
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

const creations = (): Attempt[] => [
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
];

/** Objects that are there, with what the portal's account must not do to them. */
export function refusedAttempts(): {
  present: KubeObject[];
  attempts: Attempt[];
} {
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
      ...creations(),
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
