import { readFile } from 'node:fs/promises';
import {
  applyMeshConfigTexts,
  buildWorkloads,
  describeController,
  describePod,
  type KubernetesController,
  type KubernetesPod,
  type Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshCluster,
  MeshSnapshot,
} from 'backstage-plugin-mesh-tracing-node';

/** An object as `kubectl get -o json` lists it. */
type Listed = KubernetesPod & KubernetesController & Telemetry & ConfigMap;

interface ConfigMap {
  kind?: string;
  data?: Record<string, string>;
}

const CONTROLLERS = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'];

/** A cluster as it was when someone recorded it; read only. */
export class RecordedCluster implements MeshCluster {
  readonly name: string;
  readonly #snapshot: MeshSnapshot;

  /** @param file - `{ "items": […] }` of pods, their owners, Telemetries and the ConfigMap `istio` */
  static async read(name: string, file: string): Promise<RecordedCluster> {
    const { items } = JSON.parse(await readFile(file, 'utf8'));
    return new RecordedCluster(name, items);
  }

  private constructor(name: string, items: Listed[]) {
    const of = (...kinds: string[]) =>
      items.filter(({ kind = '' }) => kinds.includes(kind));
    const mesh = of('ConfigMap').find(
      ({ metadata }) => metadata.name === 'istio',
    );
    this.name = name;
    this.#snapshot = {
      cluster: name,
      state: 'synced',
      syncedAtMs: Date.now(),
      workloads: buildWorkloads({
        cluster: name,
        pods: of('Pod').flatMap(pod => describePod(pod) ?? []),
        controllers: of(...CONTROLLERS).map(object =>
          describeController(object.kind ?? '', object),
        ),
      }),
      inputs: {
        meshConfig: applyMeshConfigTexts([mesh?.data?.mesh ?? '']).meshConfig,
        meshConfigKnown: mesh !== undefined,
        telemetries: of('Telemetry'),
        istiod: { environmentKnown: false },
      },
      problems: [],
    };
  }

  snapshot(): MeshSnapshot {
    return this.#snapshot;
  }

  async getTelemetry(
    namespace: string,
    name: string,
  ): Promise<Telemetry | undefined> {
    return this.#snapshot.inputs.telemetries.find(
      ({ metadata }) =>
        metadata.namespace === namespace && metadata.name === name,
    );
  }
}
