import { setTimeout as delay } from 'node:timers/promises';
import type {
  MeshConfig,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import { istiodUrl } from '../../components/istiod';
import { envoyNames, labComponent } from '../../components/labComponents';
import { KubeApi } from '../../kubernetes/KubeApi';
import { ROOT_NAMESPACE } from '../../kubernetes/meshWorkloads';
import { resourcePath, type KubeObject } from '../../kubernetes/resourcePath';
import { createLabLayout, PORTS, type LabLayout } from '../../layout/LabLayout';
import {
  startProcess,
  stopRecordedProcess,
  waitUntil,
  waitUntilReady,
} from '../../lifecycle/componentProcess';
import { labPaths, readLabState } from '../../lifecycle/LabState';
import { startLab } from '../../lifecycle/startLab';
import { stopLab } from '../../lifecycle/stopLab';
import { requireNoLab } from '../../lifecycle/withOwnLab';
import { AdsConnections } from './AdsConnections';
import { IstiodDebug } from '../../checks/IstiodDebug';
import type { IstiodSettings } from '../generate/OracleRound';
import { COLLECTORS_NAMESPACE } from '../generate/plots';
import { postTelemetry, type Admission } from '../../checks/postTelemetry';

const TELEMETRIES = '/apis/telemetry.istio.io/v1';

/** A private lab of which only the API server and istiod are used. */
export class OracleLab {
  readonly #name: string;
  readonly #folder: string;
  readonly #layout: LabLayout;
  readonly #api: KubeApi;
  readonly debug: IstiodDebug;
  #connections?: AdsConnections;
  #settings?: string;
  #sentinels = 0;

  /**
   * Starts a lab; the caller stops it with {@link stop}.
   *
   * @throws Error when a lab of that name is there already: this one is changed
   * in ways that nobody else would want, and removed in the end
   */
  static async start(name: string, signal: AbortSignal): Promise<OracleLab> {
    requireNoLab(name);
    await startLab({ name, signal });
    try {
      const { folder } = labPaths(name);
      const state = readLabState(folder);
      if (!state) throw new Error(`The lab ${name} has no state.`);
      const lab = new OracleLab(name, folder, createLabLayout(state.block));
      // Nothing here needs traffic, and each push would be for them too.
      for (const component of [...envoyNames(lab.#layout), 'jaeger']) {
        await stopRecordedProcess(folder, component);
      }
      return lab;
    } catch (error) {
      await stopLab(name);
      throw error;
    }
  }

  private constructor(name: string, folder: string, layout: LabLayout) {
    this.#name = name;
    this.#folder = folder;
    this.#layout = layout;
    this.#api = KubeApi.asAdmin(folder);
    this.debug = IstiodDebug.create(istiodUrl(layout));
  }

  async stop(): Promise<void> {
    this.#connections?.close();
    this.debug.close();
    this.#api.close();
    await stopLab(this.#name);
  }

  get connections(): AdsConnections {
    this.#connections ??= AdsConnections.create(
      `${this.#layout.controlAddress}:${PORTS.istiodXds}`,
    );
    return this.#connections;
  }

  /** Restarts istiod if it runs with another environment. */
  async configureIstiod(settings: IstiodSettings): Promise<void> {
    const wanted = JSON.stringify(settings);
    if (wanted === this.#settings) return;
    const spec = labComponent('istiod', this.#layout, this.#folder);
    const { traceSamplingPercent: sampling } = settings;
    const changed = {
      ...spec,
      env: {
        ...spec.env,
        // Waypoints have listeners for services only with it.
        PILOT_ENABLE_AMBIENT: 'true',
        PILOT_MAX_REQUESTS_PER_SECOND: '100000',
        PILOT_DEBOUNCE_AFTER: '20ms',
        ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY: String(
          settings.selectorBasedGatewayPolicy,
        ),
        ...(sampling !== undefined && {
          PILOT_TRACE_SAMPLING: String(sampling),
        }),
      },
    };
    this.#connections?.close();
    this.#connections = undefined;
    await stopRecordedProcess(this.#folder, 'istiod');
    const identity = startProcess(this.#folder, changed);
    await waitUntilReady(this.#folder, changed, identity);
    this.#settings = wanted;
  }

  /**
   * Creates objects that don't depend on one another; quicker than applying.
   *
   * @throws Error with the API server's words when it refuses one
   */
  async create(objects: KubeObject[]): Promise<void> {
    await Promise.all(
      objects.map(async object => {
        const path = resourcePath(object).replace(/\/[^/]+$/, '');
        const { status, body } = await this.#api.request('POST', path, object);
        if (status >= 300) {
          const { kind, metadata } = object;
          const { message } = body as { message?: string };
          throw new Error(
            `kube-apiserver refused ${kind} ${metadata.name} with ${status}: ${message}`,
          );
        }
      }),
    );
  }

  /** Creates pods, and tells of them what a kubelet would. */
  async createPods(pods: KubeObject[]): Promise<void> {
    await this.create(pods);
    await Promise.all(
      pods.map(({ apiVersion, kind, metadata, status }) =>
        this.#api.apply(
          {
            apiVersion,
            kind,
            metadata: { name: metadata.name, namespace: metadata.namespace },
            status,
          } as KubeObject,
          { subresource: 'status' },
        ),
      ),
    );
  }

  /** All objects of a collection. */
  async list(path: string): Promise<unknown[]> {
    const { status, body } = await this.#api.request('GET', path);
    if (status !== 200) throw new Error(`kube-apiserver: ${path}: ${status}`);
    return (body as { items: unknown[] }).items;
  }

  /** Waits until istiod has answered every Gateway's claim. */
  async waitForGateways(count: number): Promise<void> {
    await waitUntil('istiod to program the gateways', async () => {
      const { body } = await this.#api.request(
        'GET',
        '/apis/gateway.networking.k8s.io/v1/gateways',
      );
      const { items } = body as {
        items: Array<{ status?: { addresses?: unknown[] } }>;
      };
      return items.filter(item => item.status?.addresses).length >= count;
    });
  }

  /** Asks the API server for a Telemetry; a refusal is an answer. */
  write(telemetry: Telemetry, dryRun = false): Promise<Admission> {
    return postTelemetry(this.#api, telemetry, dryRun);
  }

  /** Every Telemetry as the API server has it. */
  async telemetries(): Promise<Telemetry[]> {
    const { body } = await this.#api.request(
      'GET',
      `${TELEMETRIES}/telemetries`,
    );
    return (body as { items: Telemetry[] }).items;
  }

  async deleteTelemetries(namespaces: string[]): Promise<void> {
    await Promise.all(
      namespaces.map(namespace =>
        this.#api.request(
          'DELETE',
          `${TELEMETRIES}/namespaces/${namespace}/telemetries`,
        ),
      ),
    );
  }

  /** Waits until istiod computes with every Telemetry written so far. */
  async waitForTelemetries(): Promise<void> {
    this.#sentinels += 1;
    const name = `written-${this.#sentinels}`;
    // Watches keep the order of writes: what came before this is there too.
    const { accepted, message } = await this.write({
      metadata: { name, namespace: COLLECTORS_NAMESPACE },
      spec: { selector: { matchLabels: { no: 'proxy' } } },
    });
    if (!accepted) throw new Error(`kube-apiserver: ${message}`);
    await waitUntil(`istiod to see the Telemetry ${name}`, () =>
      this.debug.hasTelemetry(COLLECTORS_NAMESPACE, name),
    );
  }

  /**
   * Replaces the mesh config and waits until istiod computes with it. Its root
   * namespace must differ from the one before: it tells the two apart.
   */
  async configureMesh(meshConfig: MeshConfig): Promise<void> {
    await this.#api.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'istio', namespace: ROOT_NAMESPACE },
      data: { mesh: JSON.stringify(meshConfig) },
    });
    await waitUntil(
      `istiod to take ${meshConfig.rootNamespace} as the root namespace`,
      async () =>
        (await this.debug.rootNamespace()) === meshConfig.rootNamespace,
    );
  }
}

/** Resolves at the beginning of the next second: timestamps are whole ones. */
export async function nextSecond(): Promise<void> {
  await delay(1000 - (Date.now() % 1000) + 5);
}
