import { envoy } from '../../components/envoy';
import { program, programBinary } from '../../build/programs';
import type { KubeApi } from '../../kubernetes/KubeApi';
import {
  APP_NAMESPACE,
  meshWorkloads,
  type MeshWorkload,
} from '../../kubernetes/meshWorkloads';
import {
  applyWorkload,
  deployedWorkload,
} from '../../kubernetes/workloadObjects';
import {
  PORTS,
  type LabLayout,
  type LabWorkloadName,
} from '../../layout/LabLayout';
import {
  startProcess,
  stopRecordedProcess,
  waitUntilReady,
} from '../../lifecycle/componentProcess';
import { DEFAULT_REVISION, injectedBy } from './injectedBy';
import { relayConnections, type Closable } from './relays';
import { withStatistics } from './withStatistics';

/** The deployment as its controller would roll it out. */
interface Template {
  metadata: {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
}

/**
 * Plays what a lab has not: the controllers that roll a Deployment out, Istio's
 * injector, and the kubelet. A pod without proxy is reached straight.
 */
export class PodControllers {
  readonly #api: KubeApi;
  readonly #layout: LabLayout;
  readonly #folder: string;
  readonly #relays = new Map<string, Closable>();
  /** Templates of Deployments as they were rolled out last. */
  readonly #rolledOut = new Map<string, string>();
  /** Where each revision's istiod is, besides the lab's own. */
  readonly #revisions = new Map<string, string>();
  readonly #changed = new Set<LabWorkloadName>();
  #pods = 0;

  static create(options: {
    api: KubeApi;
    layout: LabLayout;
    folder: string;
  }): PodControllers {
    return new PodControllers(options);
  }

  private constructor(options: {
    api: KubeApi;
    layout: LabLayout;
    folder: string;
  }) {
    this.#api = options.api;
    this.#layout = options.layout;
    this.#folder = options.folder;
  }

  /** Lets pods of a revision join its istiod. */
  addRevision(revision: string, controlAddress: string): void {
    this.#revisions.set(revision, controlAddress);
  }

  /** Replaces the pod of a workload, with a proxy or without, as the labels say. */
  async rollOut(
    name: LabWorkloadName,
    podLabels: Record<string, string> = {},
    podAnnotations: Record<string, string> = {},
  ): Promise<void> {
    const workload = this.#workload(name);
    this.#pods += 1;
    const replaced: MeshWorkload = {
      ...workload,
      podName: `${workload.replicaSetName}-n${String(this.#pods).padStart(
        4,
        '0',
      )}`,
      podLabels: { ...workload.podLabels, ...podLabels },
    };
    const revision = injectedBy({
      namespaceLabels: await this.#namespaceLabels(),
      podLabels: replaced.podLabels,
    });
    this.#changed.add(name);
    await this.#replacePod(replaced, revision, podAnnotations);
    await this.#remember(name);
  }

  /** Notes the Deployments as they are, so that a change of one is seen. */
  async watchTemplates(): Promise<void> {
    await Promise.all(
      this.#layout.sidecars.map(({ name }) => this.#remember(name)),
    );
  }

  /** Rolls out each Deployment whose template was changed since, as by a restart. */
  async followTemplates(): Promise<void> {
    for (const { name } of this.#layout.sidecars) {
      const template = await this.#template(name);
      if (JSON.stringify(template) !== this.#rolledOut.get(name)) {
        await this.rollOut(name, template.metadata.labels);
      }
    }
  }

  /** Brings back the pods that the lab began with. */
  async restore(): Promise<void> {
    for (const name of [...this.#changed]) {
      await this.#deleteObjects(name);
      await this.#replacePod(this.#workload(name), DEFAULT_REVISION);
      await this.#remember(name);
      this.#changed.delete(name);
    }
  }

  async close(): Promise<void> {
    for (const relay of this.#relays.values()) await relay.close();
  }

  #workload(name: LabWorkloadName): MeshWorkload {
    const found = meshWorkloads(this.#layout).find(each => each.name === name);
    if (!found) throw new Error(`The mesh has no workload ${name}.`);
    return found;
  }

  async #remember(name: LabWorkloadName): Promise<void> {
    this.#rolledOut.set(name, JSON.stringify(await this.#template(name)));
  }

  async #replacePod(
    workload: MeshWorkload,
    revision: string | null,
    podAnnotations: Record<string, string> = {},
  ): Promise<void> {
    const { name, podAddress } = workload;
    await stopRecordedProcess(this.#folder, `envoy-${name}`);
    await this.#relays.get(name)?.close();
    this.#relays.delete(name);
    await this.#deletePods(workload);
    const deployed = deployedWorkload(workload, revision);
    await applyWorkload(this.#api, {
      ...deployed,
      podAnnotations: { ...deployed.podAnnotations, ...podAnnotations },
    });
    if (revision !== null) return this.#startProxy(workload, revision);
    const relay = await relayConnections(
      { host: podAddress, port: PORTS.service },
      { host: podAddress, port: PORTS.app },
    );
    this.#relays.set(name, relay);
    return undefined;
  }

  async #startProxy(workload: MeshWorkload, revision: string): Promise<void> {
    const binary = programBinary(program('envoy'));
    const { controlAddress } = this.#layout;
    const layout = {
      ...withStatistics(this.#layout),
      controlAddress: this.#revisions.get(revision) ?? controlAddress,
    };
    const spec = envoy(layout, binary, this.#folder, workload);
    const identity = startProcess(this.#folder, spec);
    await waitUntilReady(this.#folder, spec, identity);
  }

  async #deletePods({ replicaSetName }: MeshWorkload): Promise<void> {
    const pods = `/api/v1/namespaces/${APP_NAMESPACE}/pods`;
    const { body } = await this.#api.request('GET', pods);
    const { items } = body as { items: Array<{ metadata: { name: string } }> };
    const own = items.filter(({ metadata }) =>
      metadata.name.startsWith(`${replicaSetName}-`),
    );
    await Promise.all(
      own.map(({ metadata }) =>
        this.#api.request(
          'DELETE',
          `${pods}/${metadata.name}?gracePeriodSeconds=0`,
        ),
      ),
    );
  }

  async #deleteObjects(name: LabWorkloadName): Promise<void> {
    const { replicaSetName } = this.#workload(name);
    const apps = `/apis/apps/v1/namespaces/${APP_NAMESPACE}`;
    await this.#api.request('DELETE', `${apps}/deployments/${name}`);
    await this.#api.request('DELETE', `${apps}/replicasets/${replicaSetName}`);
  }

  async #template(name: LabWorkloadName): Promise<Template> {
    const { body } = await this.#api.request(
      'GET',
      `/apis/apps/v1/namespaces/${APP_NAMESPACE}/deployments/${name}`,
    );
    return (body as { spec: { template: Template } }).spec.template;
  }

  async #namespaceLabels(): Promise<Record<string, string>> {
    const { body } = await this.#api.request(
      'GET',
      `/api/v1/namespaces/${APP_NAMESPACE}`,
    );
    return (
      (body as { metadata: { labels?: Record<string, string> } }).metadata
        .labels ?? {}
    );
  }
}
