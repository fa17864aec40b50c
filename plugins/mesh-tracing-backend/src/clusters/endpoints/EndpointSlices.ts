import type { ServiceEndpoints } from 'backstage-plugin-mesh-tracing-common';
import { errorText } from '../../shared/errorText';
import { sanitizeMessage } from '../../shared/sanitizeMessage';
import { TtlCache } from '../../shared/TtlCache';
import type { ApiServerClient } from '../api/ApiServerClient';
import { rbacRule } from '../api/rbacRule';
import { hasStatus } from '../watch/listResource';

/** People who look again want the truth, and those who look together share it. */
const FRESH_MS = 2_000;
const MAX_SERVICES = 100;
/** A slice holds 100 endpoints; more objects tell nothing else. */
const MAX_OBJECTS = 100;

/** The parts of an EndpointSlice that tell whether anything is there. */
interface EndpointSlice {
  endpoints?: Array<{
    addresses?: string[];
    conditions?: { ready?: boolean | null };
    targetRef?: { name?: string };
  }> | null;
}

/** A machine outside of Kubernetes that Istio counts to the Services that select it. */
interface WorkloadEntry {
  metadata?: { labels?: Record<string, string> };
  spec?: { labels?: Record<string, string> };
}

/** A Service, and the labels of what stands behind it. */
interface SelectingService {
  namespace: string;
  name: string;
  selector?: Readonly<Record<string, string>>;
}

const NOT_FOUND = 404;
const FORBIDDEN = 403;
const SLICES = { apiGroup: 'discovery.k8s.io', resource: 'endpointslices' };
const ENTRIES = {
  apiGroup: 'networking.istio.io',
  resource: 'workloadentries',
};

/**
 * Reads what stands behind single Services, with the portal's account: EndpointSlices,
 * and where none of them is ready, the WorkloadEntries that the Service selects, which
 * istiod counts too (Istio: serviceentry's workload instances).
 */
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
    service: SelectingService,
    signal?: AbortSignal,
  ): Promise<ServiceEndpoints> {
    return this.#answers.get(
      `${service.namespace}/${service.name}`,
      stop => this.#read(service, stop),
      signal,
    );
  }

  async #read(
    service: SelectingService,
    signal: AbortSignal,
  ): Promise<ServiceEndpoints> {
    const { namespace, name } = service;
    let asked = SLICES;
    try {
      const slices = await this.#list(SLICES, 'v1', namespace, signal, {
        labelSelector: `kubernetes.io/service-name=${name}`,
      });
      const counted = countEndpoints(slices as EndpointSlice[]);
      asked = ENTRIES;
      const entries =
        counted.ready > 0 ? 0 : await this.#entries(service, signal);
      return {
        state: 'read',
        ready: counted.ready + entries,
        notReady: counted.notReady,
        atMs: Date.now(),
      };
    } catch (error) {
      return this.#unknown(asked, namespace, error);
    }
  }

  /** How many WorkloadEntries a Service selects; none without Istio's resources. */
  async #entries(
    { namespace, selector }: SelectingService,
    signal: AbortSignal,
  ): Promise<number> {
    const wanted = Object.entries(selector ?? {});
    if (wanted.length === 0) {
      return 0;
    }
    for (const version of ['v1', 'v1beta1']) {
      try {
        const entries = await this.#list(ENTRIES, version, namespace, signal);
        return (entries as WorkloadEntry[]).filter(({ metadata, spec }) => {
          const labels = { ...metadata?.labels, ...spec?.labels };
          return wanted.every(([key, value]) => labels[key] === value);
        }).length;
      } catch (error) {
        if (!hasStatus(error, NOT_FOUND)) {
          throw error;
        }
      }
    }
    return 0;
  }

  async #list(
    { apiGroup, resource }: typeof SLICES,
    version: string,
    namespace: string,
    signal: AbortSignal,
    query: Record<string, string> = {},
  ): Promise<unknown[]> {
    const { body } = await this.#client.request({
      path: `/apis/${apiGroup}/${version}/namespaces/${encodeURIComponent(
        namespace,
      )}/${resource}`,
      query: { ...query, limit: String(MAX_OBJECTS) },
      signal,
    });
    const items = (body as { items?: unknown } | null)?.items;
    return Array.isArray(items) ? items : [];
  }

  #unknown(
    { apiGroup, resource }: typeof SLICES,
    namespace: string,
    error: unknown,
  ): ServiceEndpoints {
    const atMs = Date.now();
    const cluster = `cluster '${this.#cluster}'`;
    return hasStatus(error, FORBIDDEN)
      ? {
          state: 'unknown',
          message: `The portal may not list ${resource} of namespace ${namespace} in ${cluster}.`,
          needs: `For the portal's identity ${rbacRule({
            apiGroup,
            resource,
            verbs: ['list'],
          })}.`,
          atMs,
        }
      : {
          state: 'unknown',
          message: `The API server of ${cluster} did not tell: ${sanitizeMessage(
            errorText(error),
          )}`,
          needs: `An answer of the API server of ${cluster}.`,
          atMs,
        };
  }
}

/**
 * Pods that have addresses of both families are in two slices, and count once. No
 * word on readiness means ready (Kubernetes: EndpointConditions).
 */
function countEndpoints(slices: readonly EndpointSlice[]): {
  ready: number;
  notReady: number;
} {
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
