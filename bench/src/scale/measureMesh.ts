import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Entity } from '@backstage/catalog-model';
import type { KubernetesMeshCluster } from '../backendInternals';
import type { BenchRow } from '../BenchRow';
import type { RunningApiServer } from './startApiServer';
import { createClusters, startAll, until } from './portal';
import { measureAnswers } from './measureAnswers';
import { namespaceName, workloadName, type ScaleSize } from './ScaleSize';

const MIB = 1024 * 1024;
const TOUCHES = 5;

/** Bytes of objects, after a collection of garbage. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Sampling of a Telemetry of the first cluster, by its index there. */
function samplingOf(cluster: KubernetesMeshCluster, index: number) {
  const telemetry = cluster.snapshot().inputs.telemetries[index];
  return JSON.stringify(telemetry?.spec);
}

function touchedPods(cluster: KubernetesMeshCluster): string {
  const [workload] = cluster.snapshot().workloads;
  return JSON.stringify(workload?.pods.map(({ labels }) => labels));
}

/** From a change at the API server until the snapshot holds it, milliseconds. */
async function timeToSee(
  server: RunningApiServer,
  what: 'pod' | 'telemetry',
  seen: () => string,
): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < TOUCHES; i++) {
    const before = seen();
    const started = performance.now();
    await server.touch({ cluster: 0, what, index: 0 });
    await until(() => seen() !== before, 2);
    times.push(performance.now() - started);
  }
  return median(times);
}

function entityOf(size: ScaleSize, workload: number): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: workloadName(workload),
      namespace: 'default',
      annotations: {
        'backstage.io/kubernetes-id': workloadName(workload),
        'backstage.io/kubernetes-namespace': namespaceName(
          workload % size.namespaces,
        ),
      },
    },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/all' }],
  };
}

/** What a replica needs until it can answer. */
async function measureStart(
  size: ScaleSize,
  server: RunningApiServer,
  clusters: KubernetesMeshCluster[],
): Promise<BenchRow[]> {
  const pods = size.workloads * size.podsPerWorkload;
  const before = heapBytes();
  const startMs = await startAll(clusters);
  clusters.forEach(cluster => cluster.snapshot());
  const heap = heapBytes() - before;
  const lists = Object.entries(await server.counts())
    .filter(([key]) => key.startsWith('list '))
    .reduce((sum, [, count]) => sum + count, 0);
  return [
    {
      name: `${pods.toLocaleString('en')} pods: memory of the watches`,
      value: heap / MIB,
      unit: 'MiB',
    },
    {
      name: 'memory of the watches, per pod',
      value: heap / pods / 1024,
      unit: 'KiB',
      limit: 6,
    },
    {
      name: 'time to the first answer after the start',
      value: startMs,
      unit: 'ms',
      limit: 60_000,
    },
    { name: 'pages of lists after the start', value: lists, unit: '' },
  ];
}

/** One replica that reads a large mesh. */
export async function measureMesh(
  size: ScaleSize,
  server: RunningApiServer,
): Promise<BenchRow[]> {
  const clusters = createClusters(size, server.url);
  const first = clusters[0] as KubernetesMeshCluster;
  const seen = (what: string, value: number): BenchRow => ({
    name: `time to see a change of a ${what}`,
    value,
    unit: 'ms',
    limit: 250,
  });
  try {
    return [
      ...(await measureStart(size, server, clusters)),
      seen(
        'Telemetry',
        await timeToSee(server, 'telemetry', () => samplingOf(first, 0)),
      ),
      seen('pod', await timeToSee(server, 'pod', () => touchedPods(first))),
      ...(await measureAnswers({
        size,
        clusters,
        entities: Array.from({ length: size.owned[1] }, (_, i) =>
          entityOf(size, i),
        ),
        touchPod: index => server.touch({ cluster: 0, what: 'pod', index }),
      })),
    ];
  } finally {
    await Promise.all(clusters.map(cluster => cluster.stop()));
  }
}
