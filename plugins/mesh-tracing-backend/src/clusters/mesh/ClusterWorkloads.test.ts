import {
  buildWorkloads,
  type ControllerFacts,
  type PodFacts,
} from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import { ItemsByNamespace, namespaceOfKey } from '../watch/ItemsByNamespace';
import { ClusterWorkloads } from './ClusterWorkloads';

function podOf(namespace: string, owner: string, name: string): PodFacts {
  return {
    namespace,
    name,
    labels: { app: owner },
    annotations: {},
    owner: { kind: 'StatefulSet', name: owner },
    proxy: 'sidecar',
    ready: true,
  } as PodFacts;
}

function controllerOf(namespace: string, name: string): ControllerFacts {
  return {
    kind: 'StatefulSet',
    namespace,
    name,
    labels: {},
    annotations: {},
  } as ControllerFacts;
}

/** Objects as a watch keeps them, and how often those of a namespace were read. */
class Kept<T> {
  readonly items = new ItemsByNamespace<T>();
  readonly reads: string[] = [];

  namespaces(): Iterable<string> {
    return this.items.namespaces();
  }

  itemsIn(namespace: string): Iterable<T> {
    this.reads.push(namespace);
    return this.items.in(namespace);
  }
}

function workloadsOf(ambient?: ReadonlySet<string>) {
  const pods = new Kept<PodFacts>();
  const controllers = new Kept<ControllerFacts>();
  const workloads = ClusterWorkloads.create({
    cluster: 'main',
    pods,
    controllers: [controllers],
    ambientNamespaces: () => ambient,
  });
  return { pods, controllers, workloads };
}

describe('ClusterWorkloads', () => {
  it('reads only the namespace in which a pod changed', () => {
    const { pods, workloads } = workloadsOf();
    for (let i = 0; i < 500; i++) {
      pods.items.set(`team-${i}/p`, podOf(`team-${i}`, 'app', 'p'));
    }
    const before = workloads.all(undefined);
    expect(pods.reads).toHaveLength(500);
    pods.reads.length = 0;

    pods.items.set('team-7/q', podOf('team-7', 'app', 'q'));
    workloads.changed('team-7');
    const after = workloads.all(undefined);

    expect(pods.reads).toEqual(['team-7']);
    expect(after.filter((workload, i) => workload !== before[i])).toEqual([
      expect.objectContaining({
        namespace: 'team-7',
        pods: [
          expect.objectContaining({ name: 'p' }),
          expect.objectContaining({ name: 'q' }),
        ],
      }),
    ]);
    expect(workloads.all(undefined)).toBe(after);
  });

  it('forgets a namespace whose last object is gone', () => {
    const { pods, workloads } = workloadsOf();
    pods.items.set('a/p', podOf('a', 'app', 'p'));
    pods.items.set('b/p', podOf('b', 'app', 'p'));
    workloads.all(undefined);
    pods.items.delete('a/p');
    workloads.changed('a');
    expect(workloads.all(undefined).map(({ namespace }) => namespace)).toEqual([
      'b',
    ]);
  });

  it("builds all anew when Istio's id of the cluster becomes known", () => {
    const { pods, workloads } = workloadsOf();
    pods.items.set('a/p', podOf('a', 'app', 'p'));
    expect(workloads.all(undefined)[0]?.clusterId).toBeUndefined();
    expect(workloads.all('Kubernetes')[0]?.clusterId).toBe('Kubernetes');
  });

  it('equals what building all workloads at once gives, after any changes', () => {
    const change = fc.record({
      namespace: fc.constantFrom('a', 'b', 'b-c', 'ä'),
      owner: fc.constantFrom('x', 'y'),
      what: fc.constantFrom('pod', 'controller', 'gone'),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), changes => {
        const { pods, controllers, workloads } = workloadsOf();
        for (const { namespace, owner, what } of changes) {
          const key = `${namespace}/${owner}`;
          if (what === 'pod') {
            pods.items.set(key, podOf(namespace, owner, owner));
          } else if (what === 'controller') {
            controllers.items.set(key, controllerOf(namespace, owner));
          } else {
            pods.items.delete(key);
          }
          workloads.changed(namespaceOfKey(key));
          expect(workloads.all('id')).toEqual(
            buildWorkloads({
              cluster: 'main',
              clusterId: 'id',
              pods: pods.items.all(),
              controllers: controllers.items.all(),
            }),
          );
        }
      }),
    );
  });
});
