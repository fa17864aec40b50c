import { isDeepStrictEqual } from 'node:util';
import type { KubeApi } from '../../kubernetes/KubeApi';
import { APP_NAMESPACE, ROOT_NAMESPACE } from '../../kubernetes/meshWorkloads';
import type { KubeObject } from '../../kubernetes/resourcePath';

/** What a set-up or its mend may change, but for workloads and their pods. */
const LISTS = [
  '/api/v1/namespaces',
  '/api/v1/services',
  ...[ROOT_NAMESPACE, APP_NAMESPACE].map(
    namespace => `/api/v1/namespaces/${namespace}/configmaps`,
  ),
  '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
  '/apis/discovery.k8s.io/v1/endpointslices',
  '/apis/telemetry.istio.io/v1/telemetries',
  '/apis/security.istio.io/v1/peerauthentications',
  ...[
    'destinationrules',
    'gateways',
    'serviceentries',
    'sidecars',
    'virtualservices',
    'workloadentries',
  ].map(plural => `/apis/networking.istio.io/v1/${plural}`),
  '/apis/networking.istio.io/v1alpha3/envoyfilters',
  '/apis/gateway.networking.k8s.io/v1/gateways',
  `/apis/apps/v1/namespaces/${ROOT_NAMESPACE}/deployments`,
];

/** What controllers and istiod write by themselves. */
const OTHERS = /^(istio-ca-root-cert|kube-root-ca\.crt)$/;

interface Listed {
  metadata: KubeObject['metadata'];
  status?: unknown;
  [field: string]: unknown;
}

/** What whoever writes an object says in it. */
function content({ metadata, status: _, ...rest }: Listed) {
  const { labels = {}, annotations = {} } = metadata;
  return { ...rest, labels, annotations };
}

/** An object as it is created or replaced. */
function written({ metadata, status: _, ...rest }: Listed): Listed {
  const { name, namespace, labels, annotations } = metadata;
  return { ...rest, metadata: { name, namespace, labels, annotations } };
}

async function readList(
  api: KubeApi,
  path: string,
): Promise<Map<string, Listed>> {
  const { status, body } = await api.request('GET', path);
  if (status !== 200) {
    throw new Error(`${path} can't be listed: ${JSON.stringify(body)}`);
  }
  const { items } = body as { items: Listed[] };
  return new Map(
    items
      .filter(({ metadata }) => !OTHERS.test(metadata.name))
      .map(item => [pathOf(path, item), item]),
  );
}

function pathOf(list: string, { metadata }: Listed): string {
  const { name, namespace } = metadata;
  if (!namespace || list.includes('/namespaces/')) return `${list}/${name}`;
  const at = list.lastIndexOf('/');
  const plural = list.slice(at + 1);
  return `${list.slice(0, at)}/namespaces/${namespace}/${plural}/${name}`;
}

/** The objects of a cluster at one moment, to which it can be brought back. */
export class ClusterSnapshot {
  readonly #api: KubeApi;
  readonly #lists: Map<string, Map<string, Listed>>;

  static async take(api: KubeApi): Promise<ClusterSnapshot> {
    const lists = await Promise.all(
      LISTS.map(async path => [path, await readList(api, path)] as const),
    );
    return new ClusterSnapshot(api, new Map(lists));
  }

  private constructor(api: KubeApi, lists: Map<string, Map<string, Listed>>) {
    this.#api = api;
    this.#lists = lists;
  }

  /** Removes what was added since, and brings back what was removed or changed. */
  async restore(): Promise<void> {
    await Promise.all(
      [...this.#lists].map(async ([list, before]) => {
        const now = await readList(this.#api, list);
        const paths = new Set([...before.keys(), ...now.keys()]);
        await Promise.all(
          [...paths].map(path =>
            this.#restoreOne(path, before.get(path), now.get(path)),
          ),
        );
      }),
    );
  }

  async #restoreOne(
    path: string,
    before: Listed | undefined,
    now: Listed | undefined,
  ): Promise<void> {
    if (!before) return this.#send('DELETE', path);
    if (!now) {
      return this.#send('POST', path.replace(/\/[^/]+$/, ''), written(before));
    }
    if (isDeepStrictEqual(content(before), content(now))) return undefined;
    const { resourceVersion } = now.metadata as { resourceVersion?: string };
    const { metadata, ...rest } = written(before);
    return this.#send('PUT', path, {
      ...rest,
      metadata: { ...metadata, resourceVersion },
    });
  }

  async #send(method: string, path: string, body?: object): Promise<void> {
    const { status, body: answer } = await this.#api.request(
      method,
      path,
      body,
    );
    if (status >= 300) {
      const { message } = answer as { message?: string };
      throw new Error(`${method} ${path}: ${status} ${message}`);
    }
  }
}
