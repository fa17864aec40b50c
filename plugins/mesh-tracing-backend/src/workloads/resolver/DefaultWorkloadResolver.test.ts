import type { Entity } from '@backstage/catalog-model';
import type { Workload } from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import { DefaultWorkloadResolver } from './DefaultWorkloadResolver';
import { suggestWorkloads } from './suggestWorkloads';

function workload(
  cluster: string,
  namespace: string,
  name: string,
  rest: {
    labels?: Record<string, string>;
    ownerLabels?: Record<string, string>;
    pods?: Array<Record<string, string>>;
  } = {},
): Workload {
  const labels = rest.labels ?? { app: name };
  return {
    cluster,
    namespace,
    kind: 'Deployment',
    name,
    labels,
    ownerLabels: rest.ownerLabels ?? {},
    annotations: {},
    proxy: 'sidecar',
    pods: (rest.pods ?? [labels]).map((own, index) => ({
      name: `${name}-${index}`,
      labels: own,
      ready: true,
    })),
  };
}

function snapshot(
  cluster: string,
  workloads: Workload[],
  state: MeshSnapshot['state'] = 'synced',
): MeshSnapshot {
  return {
    cluster,
    state,
    workloads,
    problems: [],
    inputs: {
      meshConfig: {},
      meshConfigKnown: true,
      telemetries: [],
      istiod: { environmentKnown: true },
    },
  };
}

const ID = 'backstage.io/kubernetes-id';
const snapshots = [
  snapshot('prod', [
    workload('prod', 'shop', 'cart', { labels: { app: 'cart', [ID]: 'cart' } }),
    workload('prod', 'shop', 'cart-v2', {
      labels: { app: 'cart' },
      ownerLabels: { [ID]: 'cart' },
    }),
    workload('prod', 'stage', 'cart', {
      labels: { app: 'cart', [ID]: 'cart' },
    }),
  ]),
  snapshot('dev', [
    workload('dev', 'shop', 'cart', { labels: { app: 'cart', [ID]: 'cart' } }),
    workload('dev', 'shop', 'rolling', {
      labels: {},
      pods: [{ version: 'old' }, { version: 'new' }],
    }),
    workload('dev', 'shop', 'asleep', { labels: { app: 'asleep' }, pods: [] }),
  ]),
];

function entity(annotations: Record<string, string> = {}, name = 'e'): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations },
  };
}

function resolve(
  annotations: Record<string, string>,
  over: MeshSnapshot[] = snapshots,
  name?: string,
) {
  const match = DefaultWorkloadResolver.create().resolve(
    entity(annotations, name),
    over,
  );
  return {
    ...match,
    found: match.workloads.map(
      one => `${one.cluster}/${one.namespace}/${one.name}`,
    ),
  };
}

describe('DefaultWorkloadResolver', () => {
  it('finds nothing without annotations and says which one leads to workloads', () => {
    expect(resolve({})).toMatchObject({
      found: [],
      explanation: expect.stringContaining(ID),
    });
    expect(resolve({})).not.toHaveProperty('rule');
  });

  describe('meshtracing.io/workloads', () => {
    const rule = 'meshtracing.io/workloads';

    it('names workloads, in every cluster or in one, and tells which are missing', () => {
      expect(
        resolve({ [rule]: 'prod/shop/Deployment/cart, shop/Deployment/gone' }),
      ).toMatchObject({
        rule,
        found: ['prod/shop/cart'],
        explanation: expect.stringMatching(
          /1 workload with 1 pod; not found: \*\/shop\/Deployment\/gone\.$/,
        ),
      });
      expect(resolve({ [rule]: 'shop/deployment/cart' }).found).toEqual([
        'prod/shop/cart',
        'dev/shop/cart',
      ]);
    });

    it('explains what is wrong with a value that can not be read', () => {
      expect(resolve({ [rule]: 'cart', [ID]: 'cart' })).toMatchObject({
        rule,
        found: [],
        explanation: expect.stringMatching(
          /^The annotation meshtracing.io\/workloads can not be used: 'cart' is not a workload/,
        ),
      });
    });
  });

  describe('meshtracing.io/label-selector', () => {
    const rule = 'meshtracing.io/label-selector';

    it('selects by labels of any pod, or of the pod template where there are no pods', () => {
      expect(resolve({ [rule]: 'version=old' }).found).toEqual([
        'dev/shop/rolling',
      ]);
      expect(resolve({ [rule]: 'app=asleep' }).found).toEqual([
        'dev/shop/asleep',
      ]);
      expect(resolve({ [rule]: `${ID}=cart` }).found).not.toContain(
        'prod/shop/cart-v2',
      );
    });

    it('is narrowed by its own annotations, not by those of the Kubernetes plugin', () => {
      expect(
        resolve({
          [rule]: 'app in (cart, other)',
          'meshtracing.io/namespace': 'shop',
          'meshtracing.io/cluster': 'prod',
          'backstage.io/kubernetes-namespace': 'stage',
        }),
      ).toMatchObject({
        rule,
        value: 'app in (cart, other)',
        found: ['prod/shop/cart', 'prod/shop/cart-v2'],
        explanation:
          "Found by meshtracing.io/label-selector 'app in (cart, other)': 2 workloads with 2 pods.",
      });
    });

    it('explains what is wrong with a value that can not be read', () => {
      expect(resolve({ [rule]: 'app in cart' }).explanation).toMatch(
        /not a Kubernetes label selector: found 'cart' where '\(' belongs/,
      );
    });
  });

  describe("the Kubernetes plugin's annotations", () => {
    it('find by id among the labels of pods and of their owners', () => {
      expect(resolve({ [ID]: 'cart' })).toMatchObject({
        rule: ID,
        value: 'cart',
        found: [
          'prod/shop/cart',
          'prod/shop/cart-v2',
          'prod/stage/cart',
          'dev/shop/cart',
        ],
      });
    });

    it('prefer the selector to the id', () => {
      const rule = 'backstage.io/kubernetes-label-selector';
      expect(resolve({ [ID]: 'cart', [rule]: 'app=asleep' })).toMatchObject({
        rule,
        found: ['dev/shop/asleep'],
      });
    });

    it('are narrowed by namespace and cluster', () => {
      expect(
        resolve({
          [ID]: 'cart',
          'backstage.io/kubernetes-namespace': 'shop',
          'backstage.io/kubernetes-cluster': 'dev',
        }).found,
      ).toEqual(['dev/shop/cart']);
    });

    it("fall back to the entity's name as id, if that matches a workload", () => {
      expect(resolve({}, snapshots, 'cart')).toMatchObject({
        rule: 'metadata.name',
        value: 'cart',
      });
      expect(
        resolve(
          { 'backstage.io/kubernetes-namespace': 'stage' },
          snapshots,
          'cart',
        ).found,
      ).toEqual(['prod/stage/cart']);
    });

    it.each([
      ['Component', 'default', 4],
      ['Component', 'shop', 3],
      ['Component', 'hostile', 0],
      ['Resource', 'default', 0],
      ['API', 'default', 0],
      ['Group', 'default', 0],
    ])(
      'fall back to the name of a %s in the catalog namespace %s: %d workloads',
      (kind, namespace, count) => {
        const named = entity({}, 'cart');
        const match = DefaultWorkloadResolver.create().resolve(
          { ...named, kind, metadata: { ...named.metadata, namespace } },
          snapshots,
        );
        expect(match.workloads).toHaveLength(count);
      },
    );

    it('fall back to the name only for the kinds in matchByName', () => {
      const named = { ...entity({}, 'cart'), kind: 'Resource' };
      const resolver = DefaultWorkloadResolver.create({
        matchByName: ['Resource'],
      });
      expect(resolver.resolve(named, snapshots).workloads).toHaveLength(4);
      expect(
        resolver.resolve({ ...named, kind: 'Component' }, snapshots).workloads,
      ).toEqual([]);
    });

    it.each(['Group', 'User', 'Location', 'Template'])(
      'lead a %s to nothing, whatever it carries',
      kind => {
        const match = DefaultWorkloadResolver.create().resolve(
          {
            ...entity({
              [ID]: 'cart',
              'meshtracing.io/workloads': 'shop/Deployment/cart',
            }),
            kind,
          },
          snapshots,
        );
        expect(match.workloads).toEqual([]);
        expect(match.explanation).toContain('has no workloads');
      },
    );

    it('count as absent when empty', () => {
      expect(
        resolve({ [ID]: 'cart', 'backstage.io/kubernetes-label-selector': ' ' })
          .rule,
      ).toBe(ID);
    });
  });

  describe('the explanation of finding nothing', () => {
    it('names an unknown cluster', () => {
      expect(
        resolve({ [ID]: 'cart', 'backstage.io/kubernetes-cluster': 'x' })
          .explanation,
      ).toMatch(
        /of cluster 'x'; no cluster has that name \(there are: prod, dev\)/,
      );
    });

    it('names a cluster that has not been read yet', () => {
      expect(
        resolve({ [ID]: 'cart' }, [snapshot('new', [], 'syncing')]).explanation,
      ).toMatch(/cluster 'new' has not been read yet/);
    });

    it('says that no cluster is configured', () => {
      expect(resolve({ [ID]: 'cart' }, []).explanation).toMatch(
        /no cluster is configured/,
      );
    });

    it('says which label the pods need', () => {
      expect(resolve({ [ID]: 'lost' }).explanation).toMatch(
        /need the label backstage.io\/kubernetes-id: lost/,
      );
    });
  });
});

describe('suggestWorkloads', () => {
  const suggest = (name: string, over = snapshots) =>
    suggestWorkloads(entity({}, name), over).map(
      ({ annotation, value, workloads }) => [
        annotation,
        value,
        workloads.length,
      ],
    );

  it('offers selectors on common labels and the workloads of that name', () => {
    expect(suggest('cart')).toEqual([
      ['backstage.io/kubernetes-label-selector', 'app=cart', 4],
    ]);
    expect(
      suggest('web', [
        snapshot('prod', [
          workload('prod', 'shop', 'web', { labels: {} }),
          workload('prod', 'shop', 'web-v2', { labels: {} }),
          workload('prod', 'shop', 'website', { labels: {} }),
        ]),
      ]),
    ).toEqual([
      [
        'meshtracing.io/workloads',
        'shop/Deployment/web,shop/Deployment/web-v2',
        2,
      ],
    ]);
  });

  it('offers what the resolver then finds', () => {
    for (const name of ['cart', 'asleep', 'rolling']) {
      for (const suggestion of suggestWorkloads(entity({}, name), snapshots)) {
        expect(
          resolve({ [suggestion.annotation]: suggestion.value }).workloads,
        ).toEqual(suggestion.workloads);
      }
    }
  });

  it('offers nothing when nothing is alike', () => {
    expect(suggest('unrelated')).toEqual([]);
  });
});
