import type { ServiceEndpoints } from 'backstage-plugin-mesh-tracing-common';
import { errorText } from '../../shared/errorText';
import { sanitizeMessage } from '../../shared/sanitizeMessage';
import { TtlCache } from '../../shared/TtlCache';
import type { ApiServerClient } from '../api/ApiServerClient';
import { ApiServerError } from '../api/ApiServerError';
import { rbacRule } from '../api/rbacRule';

/** People who look again want the truth, and those who look together share it. */
const FRESH_MS = 2_000;
const MAX_SERVICES = 100;
/** Slices of a Service hold 100 endpoints each; more tell nothing else. */
const MAX_SLICES = 20;

/** The parts of an EndpointSlice that tell whether anything is there. */
interface EndpointSlice {
  endpoints?: Array<{
    addresses?: string[];
    conditions?: { ready?: boolean | null };
    targetRef?: { name?: string };
  }> | null;
}

/** Reads what stands behind single Services, with the portal's account. */
export class EndpointSlices {
  readonly #cluster: string;
  readonly #client: Pick<ApiServerClient, 'request'>;
  readonly #answers = TtlCache.create<ServiceEndpoints>({
    ttlMs: FRESH_MS,
    max: MAX_SERVICES,
  });

  static create(options: {
    cluster: string;
    client: Pick<ApiServerClient, 'request'>;
  }): EndpointSlices {
    return new EndpointSlices(options.cluster, options.client);
  }

  private constructor(
    cluster: string,
    client: Pick<ApiServerClient, 'request'>,
  ) {
    this.#cluster = cluster;
    this.#client = client;
  }

  /**
   * Never rejects, except when the caller has left.
   *
   * @throws the reason of the signal when it is aborted
   */
  async of(
    service: { namespace: string; name: string },
    signal?: AbortSignal,
  ): Promise<ServiceEndpoints> {
    return this.#answers.get(
      `${service.namespace}/${service.name}`,
      stop => this.#read(service, stop),
      signal,
    );
  }

  async #read(
    { namespace, name }: { namespace: string; name: string },
    signal: AbortSignal,
  ): Promise<ServiceEndpoints> {
    try {
      const { body } = await this.#client.request({
        path: `/apis/discovery.k8s.io/v1/namespaces/${encodeURIComponent(
          namespace,
        )}/endpointslices`,
        query: {
          labelSelector: `kubernetes.io/service-name=${name}`,
          limit: String(MAX_SLICES),
        },
        signal,
      });
      return { ...countEndpoints(body), state: 'read', atMs: Date.now() };
    } catch (error) {
      return this.#unknown(namespace, error);
    }
  }

  #unknown(namespace: string, error: unknown): ServiceEndpoints {
    const atMs = Date.now();
    const isForbidden =
      error instanceof ApiServerError && error.statusCode === 403;
    return isForbidden
      ? {
          state: 'unknown',
          message: `The portal may not list EndpointSlices of namespace ${namespace} in cluster '${
            this.#cluster
          }'.`,
          needs: `For the portal's identity ${rbacRule({
            apiGroup: 'discovery.k8s.io',
            resource: 'endpointslices',
            verbs: ['list'],
          })}.`,
          atMs,
        }
      : {
          state: 'unknown',
          message: `The API server of cluster '${
            this.#cluster
          }' did not tell: ${sanitizeMessage(errorText(error))}`,
          needs: `An answer of the API server of cluster '${this.#cluster}'.`,
          atMs,
        };
  }
}

/**
 * Pods that have addresses of both families are in two slices, and count once. No
 * word on readiness means ready (Kubernetes: EndpointConditions).
 */
function countEndpoints(body: unknown): { ready: number; notReady: number } {
  const items = (body as { items?: unknown } | null)?.items;
  const slices: EndpointSlice[] = Array.isArray(items) ? items : [];
  const readiness = new Map<string, boolean>();
  for (const { endpoints } of slices) {
    for (const { addresses, conditions, targetRef } of endpoints ?? []) {
      const key = targetRef?.name ?? addresses?.[0] ?? '';
      const isReady = conditions?.ready !== false;
      readiness.set(key, isReady || readiness.get(key) === true);
    }
  }
  const ready = [...readiness.values()].filter(Boolean).length;
  return { ready, notReady: readiness.size - ready };
}
