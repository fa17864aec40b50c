import assert from 'node:assert/strict';
import { z } from 'zod';
import { KubeApi } from '../kubernetes/KubeApi';
import { APP_NAMESPACE, ROOT_NAMESPACE } from '../kubernetes/meshWorkloads';
import { resourcePath, type KubeObject } from '../kubernetes/resourcePath';
import { PORTS, type LabWorkloadName } from '../layout/LabLayout';
import { waitUntil } from '../lifecycle/componentProcess';
import type { LabEndpoints } from '../lifecycle/labStatus';
import { httpGet } from '../process/httpGet';

/** Providers that send spans to the lab's Jaeger, and Envoy's names of their tracers. */
export const TRACERS = {
  jaeger: 'envoy.tracers.opentelemetry',
  zipkin: 'envoy.tracers.zipkin',
} as const;

/** Name of a provider of the lab. */
export type ProviderName = keyof typeof TRACERS;

/** The proxies that meet requests first in the lab. */
const FIRST_PROXIES: LabWorkloadName[] = [
  'istio-ingressgateway',
  'frontend-v1',
];

const configMapSchema = z.looseObject({
  data: z.looseObject({ mesh: z.string() }),
});
const tracesSchema = z.object({
  data: z
    .array(
      z.object({
        traceID: z.string(),
        spans: z.array(z.object({ operationName: z.string() })),
        processes: z.record(z.string(), z.object({ serviceName: z.string() })),
      }),
    )
    .nullable(),
});

/** A trace as Jaeger has it. */
export interface StoredTrace {
  traceId: string;
  spanCount: number;
  services: string[];
}

/** The lab's mesh, changed by its administrator. */
export class ForcedMesh {
  readonly endpoints: LabEndpoints;
  readonly #admin: KubeApi;

  static create(admin: KubeApi, endpoints: LabEndpoints): ForcedMesh {
    return new ForcedMesh(admin, endpoints);
  }

  private constructor(admin: KubeApi, endpoints: LabEndpoints) {
    this.#admin = admin;
    this.endpoints = endpoints;
  }

  /** Adds a Zipkin provider, beside the one that the lab has. */
  async addZipkin(): Promise<void> {
    const path = `/api/v1/namespaces/${ROOT_NAMESPACE}/configmaps/istio`;
    const { body } = await this.#admin.request('GET', path);
    const mesh = JSON.parse(configMapSchema.parse(body).data.mesh) as {
      extensionProviders: object[];
    };
    mesh.extensionProviders.push({
      name: 'zipkin',
      zipkin: {
        service: `jaeger-collector.${ROOT_NAMESPACE}.svc.cluster.local`,
        port: PORTS.zipkin,
      },
    });
    const answer = await this.#admin.request(
      'PATCH',
      path,
      { data: { mesh: JSON.stringify(mesh) } },
      'application/merge-patch+json',
    );
    assert.equal(answer.status, 200);
  }

  /** Has everything traced by one provider at one percentage, as the proxies have it. */
  async trace(provider: ProviderName, percent: number): Promise<void> {
    const tracing = [
      { providers: [{ name: provider }], randomSamplingPercentage: percent },
    ];
    await this.#admin.apply({
      apiVersion: 'telemetry.istio.io/v1',
      kind: 'Telemetry',
      metadata: { name: 'mesh-default-tracing', namespace: ROOT_NAMESPACE },
      spec: { tracing },
    });
    await this.#admin.apply({
      apiVersion: 'telemetry.istio.io/v1',
      kind: 'Telemetry',
      metadata: { name: 'namespace-tracing', namespace: APP_NAMESPACE },
      spec: { tracing },
    });
    const sampling = `"random_sampling": { "value": ${percent} }`;
    await this.#untilProxies(
      `${provider} at ${percent} %`,
      dump =>
        dump.includes(TRACERS[provider]) &&
        dump.replace(/\s+/g, ' ').includes(sampling),
    );
  }

  /** Applies a manifest as it is; the proxies then have it, and refused nothing. */
  async apply(manifest: object, proxy: LabWorkloadName): Promise<void> {
    await this.#admin.apply(manifest as KubeObject);
    await this.#untilProxies(
      `the filter at ${proxy}`,
      dump => dump.includes('early_header_mutation'),
      [proxy],
    );
    const stats = await httpGet(
      `${this.endpoints.envoyAdmin[proxy]}/stats?filter=update_rejected`,
    );
    const rejected = [...stats.body.matchAll(/lds\.update_rejected: (\d+)/g)];
    assert.ok(rejected.length > 0, 'Envoy counts no refused listeners');
    assert.ok(
      rejected.every(([, count]) => count === '0'),
      `Envoy refused a listener: ${stats.body}`,
    );
  }

  async remove(manifest: object, proxy: LabWorkloadName): Promise<void> {
    await this.#admin.request('DELETE', resourcePath(manifest as KubeObject));
    await this.#untilProxies(
      `the end of the filter at ${proxy}`,
      dump => !dump.includes('early_header_mutation'),
      [proxy],
    );
  }

  /** One trace, once it has spans of all these services. */
  async stored(
    traceId: string,
    services: readonly string[],
    timeoutMs = 20_000,
  ): Promise<StoredTrace> {
    let found: StoredTrace | undefined;
    await waitUntil(
      `trace ${traceId} of ${services.join(' and ')} in Jaeger`,
      async () => {
        [found] = await this.#traces(`/api/traces/${traceId}`);
        return services.every(name => found?.services.includes(name));
      },
      undefined,
      timeoutMs,
    );
    assert.ok(found);
    return found;
  }

  /** How many traces of a service have a tag, once that many are there. */
  async countTagged(
    service: string,
    tags: Record<string, string>,
    expected: number,
  ): Promise<number> {
    const query = new URLSearchParams({
      service,
      tags: JSON.stringify(tags),
      limit: String(expected * 2 + 100),
      lookback: '1h',
    });
    let count = 0;
    await waitUntil(
      `${expected} traces with ${JSON.stringify(tags)}`,
      async () => {
        count = (await this.#traces(`/api/traces?${query}`)).length;
        return count >= expected;
      },
      undefined,
      30_000,
    ).catch(() => undefined);
    return count;
  }

  async #traces(path: string): Promise<StoredTrace[]> {
    const { status, body } = await httpGet(
      `${this.endpoints.jaegerQuery}${path}`,
      30_000,
    );
    if (status !== 200) {
      return [];
    }
    const { data } = tracesSchema.parse(JSON.parse(body));
    return (data ?? []).map(({ traceID, spans, processes }) => ({
      traceId: traceID.padStart(32, '0'),
      spanCount: spans.length,
      services: [
        ...new Set(
          Object.values(processes).map(({ serviceName }) => serviceName),
        ),
      ].sort(),
    }));
  }

  async #untilProxies(
    what: string,
    holds: (dump: string) => boolean,
    proxies: LabWorkloadName[] = FIRST_PROXIES,
  ): Promise<void> {
    await waitUntil(
      what,
      async () => {
        const dumps = await Promise.all(
          proxies.map(proxy =>
            httpGet(
              `${this.endpoints.envoyAdmin[proxy]}/config_dump?resource=dynamic_listeners`,
            ),
          ),
        );
        return dumps.every(({ body }) => holds(body));
      },
      undefined,
      20_000,
    );
  }
}
