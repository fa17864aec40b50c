import assert from 'node:assert/strict';
import {
  JaegerTraceStore,
  TraceSamples,
} from 'backstage-plugin-mesh-tracing-backend/src/tracestore';
import type {
  PropagationAnalysis,
  TraceSubject,
} from 'backstage-plugin-mesh-tracing-common';
import { BEHAVIOUR_PATH, LISTENING_PATH } from '../bookinfo/BehaviourRoom';
import type { Behaviour, ForwardingCounts } from '../bookinfo/HeaderForwarding';
import { quietLogger } from '../checks/quietLogger';
import { envoyTracing } from '../envoy/envoyTracing';
import type { KubeApi } from '../kubernetes/KubeApi';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { PORTS } from '../layout/LabLayout';
import { waitUntil } from '../lifecycle/componentProcess';
import type { LabEndpoints } from '../lifecycle/labStatus';
import { sendRequests } from '../traffic/sendRequests';

/** The workload that misbehaves, and makes one call for each request. */
export const CALLER = 'reviews-v2';
const SUBJECT: TraceSubject = {
  services: [`reviews.${APP_NAMESPACE}`],
  workloads: [
    {
      namespace: APP_NAMESPACE,
      name: CALLER,
      canonicalName: 'reviews',
      canonicalRevision: 'v2',
    },
  ],
};
const TRACED = ['frontend', 'reviews'];
/** Envoys send what they have four times a second, and Jaeger writes in batches. */
const SETTLED_MS = 2_000;

/** What a burst of requests did, and what the product tells of it. */
export interface Burst {
  counts: ForwardingCounts;
  analysis: PropagationAnalysis;
}

/** Reviews of one lab: how it behaves, and what the product tells of that. */
export class ReviewsRoom {
  readonly #store: JaegerTraceStore;

  static create(
    endpoints: LabEndpoints,
    admin: KubeApi,
    signal: AbortSignal,
  ): ReviewsRoom {
    return new ReviewsRoom(endpoints, admin, signal);
  }

  private constructor(
    readonly endpoints: LabEndpoints,
    readonly admin: KubeApi,
    readonly signal: AbortSignal,
  ) {
    this.#store = JaegerTraceStore.create(
      { name: 'main', url: endpoints.jaegerQuery },
      quietLogger,
    );
  }

  async close(): Promise<void> {
    await this.#store.stop();
  }

  /** Where requests enter, and where calls of reviews do. */
  async traceEverything(): Promise<void> {
    for (const app of TRACED) {
      await this.admin.apply({
        apiVersion: 'telemetry.istio.io/v1',
        kind: 'Telemetry',
        metadata: { name: `propagation-${app}`, namespace: APP_NAMESPACE },
        spec: {
          selector: { matchLabels: { app } },
          tracing: [{ randomSamplingPercentage: 100 }],
        },
      });
    }
    const { envoyAdmin } = this.endpoints;
    for (const name of ['frontend-v1', CALLER] as const) {
      await waitUntil(
        `100 % at ${name}`,
        async () =>
          (
            await envoyTracing(envoyAdmin[name])
          ).every(({ randomSamplingPercent }) => randomSamplingPercent === 100),
        this.signal,
        20_000,
      );
    }
  }

  async behave(behaviour: Omit<Behaviour, 'service'>): Promise<void> {
    await this.#put(BEHAVIOUR_PATH, { service: CALLER, ...behaviour });
  }

  /** Whether the sample application itself answers as the caller. */
  async listen(isListening: boolean): Promise<void> {
    await this.#put(LISTENING_PATH, { service: CALLER, isListening });
  }

  /** Sends requests, and asks the product about the time in which they were sent. */
  async burst(count: number): Promise<Burst> {
    const { signal } = this;
    const startTimeMs = Date.now();
    const { statuses } = await sendRequests({
      url: this.endpoints.frontend,
      count,
      concurrency: 4,
      signal,
    });
    assert.deepEqual(statuses, { 200: count });
    await new Promise(resolve => setTimeout(resolve, SETTLED_MS));
    const window = { startTimeMs, endTimeMs: Date.now() };
    const { analysis } = await TraceSamples.create().analyze(
      this.#store,
      { filter: { ...SUBJECT, subject: SUBJECT, ...window }, level: 'normal' },
      {
        subject: SUBJECT,
        ...window,
        slices: 60,
        withPropagation: { servedShare: 1, startedShare: 1 },
      },
      { signal },
    );
    assert.ok(analysis.propagation);
    const counts = await this.#counts();
    return { counts, analysis: analysis.propagation };
  }

  async #counts(): Promise<ForwardingCounts> {
    const url = `${this.#application()}${BEHAVIOUR_PATH}?service=${CALLER}`;
    const answer = await fetch(url, { signal: this.signal });
    return (await answer.json()) as ForwardingCounts;
  }

  async #put(path: string, body: object): Promise<void> {
    const answer = await fetch(`${this.#application()}${path}`, {
      method: 'PUT',
      body: JSON.stringify(body),
      signal: this.signal,
    });
    assert.equal(answer.status, 200, await answer.text());
  }

  /** The frontend itself, past its Envoy: all services are one process. */
  #application(): string {
    const { hostname } = new URL(this.endpoints.frontend);
    return `http://${hostname}:${PORTS.app}`;
  }
}
