import type { Entity } from '@backstage/catalog-model';
import {
  envoyTracing,
  type EnvoyListenerTracing,
} from '../../envoy/envoyTracing';
import { injectorWebhook } from '../../kubernetes/injectorWebhook';
import { KubeApi } from '../../kubernetes/KubeApi';
import { APP_NAMESPACE, ROOT_NAMESPACE } from '../../kubernetes/meshWorkloads';
import { requestMetricsFilter } from '../../kubernetes/requestMetricsFilter';
import { resourcePath, type KubeObject } from '../../kubernetes/resourcePath';
import type {
  LabLayout,
  LabWorkloadName,
  SidecarWorkload,
} from '../../layout/LabLayout';
import { waitUntil } from '../../lifecycle/componentProcess';
import { labPaths, layoutOf, readLabState } from '../../lifecycle/LabState';
import { labStatus, type LabEndpoints } from '../../lifecycle/labStatus';
import { Portal } from '../portal/Portal';
import { portalConfig, type PortalConfig } from '../portal/portalConfig';
import { ClusterSnapshot } from './ClusterSnapshot';
import { LabPrograms } from './LabPrograms';
import { PodControllers } from './PodControllers';
import type { Closable } from './relays';

const FOLLOW_MS = 20_000;

/** What can be said of a mesh in its configuration, to be changed in place. */
export interface MeshConfigText {
  defaultProviders?: { tracing?: string[] };
  extensionProviders?: Array<Record<string, unknown> & { name: string }>;
  [field: string]: unknown;
}

/** What {@link MeshLab} is made of. */
type Parts = Pick<MeshLab, 'layout' | 'endpoints' | 'admin' | 'programs'> & {
  folder: string;
  snapshot: ClusterSnapshot;
  config: PortalConfig;
};

/** A lab with the product on it, in which set-ups are planted one after another. */
export class MeshLab {
  readonly layout: LabLayout;
  readonly endpoints: LabEndpoints;
  readonly admin: KubeApi;
  readonly pods: PodControllers;
  readonly programs: LabPrograms;
  readonly #snapshot: ClusterSnapshot;
  readonly #closables: Closable[] = [];
  readonly #config: PortalConfig;
  #portal: Portal | undefined;
  #runningConfig: PortalConfig;

  /** @param name - of a lab that is up */
  static async open(name: string): Promise<MeshLab> {
    const { folder } = labPaths(name);
    const state = readLabState(folder);
    const { endpoints } = labStatus(name);
    if (!state || !endpoints) throw new Error(`The lab ${name} is down.`);
    const layout = layoutOf(state);
    const admin = KubeApi.asAdmin(folder);
    await admin.apply(requestMetricsFilter());
    const programs = LabPrograms.create({ folder, layout });
    const prometheusUrl = await programs.measure();
    const lab = new MeshLab({
      folder,
      layout,
      endpoints,
      admin,
      programs,
      snapshot: await ClusterSnapshot.take(admin),
      config: portalConfig(endpoints, prometheusUrl),
    });
    await lab.pods.watchTemplates();
    await lab.portalWith(config => config);
    return lab;
  }

  private constructor(parts: Parts) {
    this.layout = parts.layout;
    this.endpoints = parts.endpoints;
    this.admin = parts.admin;
    this.programs = parts.programs;
    this.#snapshot = parts.snapshot;
    this.#config = parts.config;
    this.#runningConfig = parts.config;
    this.pods = PodControllers.create({ api: parts.admin, ...parts });
  }

  get portal(): Portal {
    if (!this.#portal) throw new Error('The portal is down.');
    return this.#portal;
  }

  /** The configuration with which the portal runs. */
  get runningConfig(): PortalConfig {
    return this.#runningConfig;
  }

  /** Starts the portal anew with a changed configuration or catalog. */
  async portalWith(
    change: (config: PortalConfig) => PortalConfig,
    entities?: (entities: Entity[]) => Entity[],
  ): Promise<void> {
    await this.#portal?.stop();
    this.#portal = undefined;
    this.#runningConfig = change(structuredClone(this.#config));
    this.#portal = await Portal.start(this.#runningConfig, entities);
  }

  /** Writes an object, as an administrator. */
  async apply(object: KubeObject): Promise<void> {
    await this.admin.apply(object);
  }

  /** Removes an object, as an administrator. */
  async remove(object: KubeObject): Promise<void> {
    const { status } = await this.admin.request('DELETE', resourcePath(object));
    if (status >= 300) {
      throw new Error(`${resourcePath(object)} can't be removed: ${status}`);
    }
  }

  /** Changes the mesh configuration, or writes a changed one for a revision. */
  async meshConfig(
    change: (config: MeshConfigText) => void,
    configMap = 'istio',
  ): Promise<void> {
    const path = `/api/v1/namespaces/${ROOT_NAMESPACE}/configmaps/istio`;
    const { body } = await this.admin.request('GET', path);
    const { data } = body as { data: { mesh: string } };
    const config = JSON.parse(data.mesh) as MeshConfigText;
    change(config);
    await this.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: configMap, namespace: ROOT_NAMESPACE },
      data: { ...data, mesh: JSON.stringify(config, null, 2) },
    });
  }

  /** Where a workload and its proxy listen. */
  sidecar(name: LabWorkloadName): SidecarWorkload {
    const found = this.layout.sidecars.find(each => each.name === name);
    if (!found) throw new Error(`The lab has no sidecar ${name}.`);
    return found;
  }

  /** An address of the lab's own block that none of its programs has. */
  spareAddress(nth: number): string {
    return `${this.layout.block}.${200 + nth}`;
  }

  /** Waits until a proxy's listeners are as wanted. */
  untilEnvoy(
    name: LabWorkloadName,
    isSo: (listeners: EnvoyListenerTracing[]) => boolean,
  ): Promise<void> {
    const address = this.endpoints.envoyAdmin[name];
    return waitUntil(
      `the proxy of ${name} to follow`,
      async () => isSo(await envoyTracing(address)),
      undefined,
      FOLLOW_MS,
    );
  }

  /** Starts an istiod of another revision, which reads a ConfigMap of its own. */
  async addRevision(revision: string): Promise<void> {
    const address = this.spareAddress(3);
    this.keep({ close: await this.programs.addIstiod(revision, address) });
    this.pods.addRevision(revision, address);
    await this.apply(injectorWebhook(revision, `https://${address}/inject`));
  }

  /** Sets labels of the application's namespace; null takes one away. */
  async labelNamespace(labels: Record<string, string | null>): Promise<void> {
    const { status } = await this.admin.request(
      'PATCH',
      `/api/v1/namespaces/${APP_NAMESPACE}`,
      { metadata: { labels } },
      'application/merge-patch+json',
    );
    if (status !== 200) throw new Error(`The labels were refused: ${status}`);
  }

  /** Keeps what is to be closed by {@link restore}. */
  keep(closable: Closable): void {
    this.#closables.push(closable);
  }

  /** Brings back the objects that were removed or changed, and no program. */
  bringBack(): Promise<void> {
    return this.#snapshot.restore();
  }

  /** Brings the lab back to what it was when it was opened, with an empty store. */
  async restore(): Promise<void> {
    await this.#closeKept();
    await this.#snapshot.restore();
    await this.pods.restore();
    await this.programs.restore();
    // The portal remembers of a store what it saw there.
    await this.portalWith(config => config);
  }

  async close(): Promise<void> {
    await this.#closeKept();
    await this.pods.close();
    await this.#portal?.stop();
    this.admin.close();
  }

  async #closeKept(): Promise<void> {
    for (const closable of this.#closables.splice(0)) await closable.close();
  }
}
