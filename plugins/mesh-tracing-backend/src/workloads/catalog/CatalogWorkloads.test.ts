import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  DependencyNode,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import { userCredentials } from '../../testing/services/userCredentials';
import { heldBinding } from '../../testing/mesh/heldBinding';
import { MeshClusters } from '../../clusters';
import { FakeMeshCluster } from '../../testing/mesh/FakeMeshCluster';
import { workload } from '../../testing/sampling/samplingHarness';
import { TraceStores } from '../../tracestore';
import { DefaultWorkloadResolver } from '../resolver/DefaultWorkloadResolver';
import { CatalogWorkloads, type EntityIndex } from './CatalogWorkloads';
import { TraceServiceNames } from '../names/TraceServiceNames';

const WORKLOADS = ['cart', 'pay', 'stock'].map(name =>
  workload(name, { ownerLabels: { 'backstage.io/kubernetes-id': name } }),
);
const [CART, PAY, STOCK] = WORKLOADS as [Workload, Workload, Workload];

/** An entity that stands for these workloads. */
function entity(
  name: string,
  workloads: Workload[],
  {
    owners = [],
    kind = 'Component',
    kubernetesId,
  }: { owners?: string[]; kind?: string; kubernetesId?: string } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      annotations: {
        ...(kubernetesId && { 'backstage.io/kubernetes-id': kubernetesId }),
        'meshtracing.io/workloads': workloads
          .map(each => `${each.namespace}/${each.kind}/${each.name}`)
          .join(','),
      },
    },
    relations: owners.map(owner => ({
      type: 'ownedBy',
      targetRef: `group:default/${owner}`,
    })),
  };
}

async function indexOf(entities: Entity[]): Promise<EntityIndex> {
  const cluster = FakeMeshCluster.create({ workloads: WORKLOADS });
  const clusters = MeshClusters.create([cluster]);
  const catalogWorkloads = CatalogWorkloads.create({
    catalog: catalogServiceMock({ entities }),
    resolver: DefaultWorkloadResolver.create(),
    names: TraceServiceNames.create({
      clusters,
      stores: TraceStores.create([]),
    }),
  });
  return catalogWorkloads.index({
    entity: entity('asking', []),
    entityRef: 'component:default/asking',
    credentials: userCredentials('user:default/guest'),
    userRef: 'user:default/mock',
    ownershipRefs: [],
    match: { workloads: [], explanation: '' },
    binding: heldBinding([]),
    snapshots: clusters.snapshots(),
  });
}

function nodeOf({ namespace, name }: Workload): DependencyNode {
  return {
    id: name,
    kind: 'workload',
    name,
    workload: { namespace, name, canonicalName: name },
  };
}

describe('the entity of a workload', () => {
  const entityOf = async (...entities: Entity[]) =>
    (await indexOf(entities)).entitiesOf(nodeOf(CART))[0];

  it('is the one that stands for the fewest workloads', async () => {
    expect(
      await entityOf(
        entity('all', WORKLOADS),
        entity('two', [CART, PAY]),
        entity('z-cart', [CART]),
      ),
    ).toBe('component:default/z-cart');
  });

  it('is a component before any other kind, however many workloads it stands for', async () => {
    expect(
      await entityOf(
        entity('api', [CART], { kind: 'API' }),
        entity('shop', [CART, PAY]),
      ),
    ).toBe('component:default/shop');
    expect(await entityOf(entity('api', [CART], { kind: 'API' }))).toBe(
      'api:default/api',
    );
  });

  it('is the first by name of those that stand for equally many workloads', async () => {
    expect(
      await entityOf(entity('b', [CART, PAY]), entity('a', [CART, STOCK])),
    ).toBe('component:default/a');
  });

  it('is the one with the strongest claim, however many workloads it stands for', async () => {
    expect(
      await entityOf(
        entity('a-cart', [CART]),
        entity('shop', [CART, PAY], { kubernetesId: 'cart' }),
      ),
    ).toBe('component:default/shop');
  });

  it('never hides the others that claim it', async () => {
    const index = await indexOf([
      entity('all', WORKLOADS),
      entity('api', [CART], { kind: 'API' }),
      entity('cart', [CART]),
    ]);
    expect(index.entitiesOf(nodeOf(CART))).toEqual([
      'component:default/cart',
      'component:default/all',
      'api:default/api',
    ]);
  });

  it('is found although what another entity says can not be read', async () => {
    const broken = entity('broken', [CART]);
    broken.metadata.annotations = { 'meshtracing.io/workloads': 'x,,y/' };
    expect(await entityOf(broken, entity('cart', [CART]))).toBe(
      'component:default/cart',
    );
  });

  it('is none where no entity names it', async () => {
    expect(await entityOf(entity('pay', [PAY]))).toBeUndefined();
  });
});

describe('the owners of a workload', () => {
  const ownersOf = async (...entities: Entity[]) =>
    (await indexOf(entities)).ownersOf(CART);

  it('are those of the entity that stands for the fewest workloads', async () => {
    expect(
      await ownersOf(
        entity('all', WORKLOADS, { owners: ['platform'] }),
        entity('cart', [CART], { owners: ['storefront'] }),
      ),
    ).toEqual(['group:default/storefront']);
  });

  it('are those of all entities that stand for it alike, each once', async () => {
    expect(
      await ownersOf(
        entity('b', [CART], { owners: ['checkout', 'storefront'] }),
        entity('a', [CART], { owners: ['storefront'] }),
        entity('all', WORKLOADS, { owners: ['platform'] }),
      ),
    ).toEqual(['group:default/storefront', 'group:default/checkout']);
  });

  it('are none where its entity has no owners, rather than those of an entity with more workloads', async () => {
    expect(
      await ownersOf(
        entity('all', WORKLOADS, { owners: ['platform'] }),
        entity('cart', [CART]),
      ),
    ).toEqual([]);
  });

  it('are unknown where no entity stands for it', async () => {
    expect(await ownersOf(entity('pay', [PAY]))).toBeUndefined();
  });
});

it('the entity and the owners of a workload do not depend on the order of the catalog', async () => {
  const entities = [
    entity('all', WORKLOADS, { owners: ['platform'] }),
    entity('cart-a', [CART], { owners: ['storefront'] }),
    entity('cart-b', [CART], { owners: ['checkout'] }),
    entity('pair', [PAY, STOCK], { owners: ['payments'] }),
    entity('other-pair', [PAY, CART], { owners: ['checkout'] }),
    entity('api', [PAY], { kind: 'API', owners: ['storefront'] }),
  ];
  const answers = ({ entitiesOf, ownersOf }: EntityIndex) =>
    WORKLOADS.map(each => [entitiesOf(nodeOf(each)), ownersOf(each)]);
  const expected = answers(await indexOf(entities));
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(entities, { minLength: entities.length }),
      async shuffled => {
        expect(answers(await indexOf(shuffled))).toEqual(expected);
      },
    ),
  );
});

describe('the entity of a node', () => {
  it('follows the canonical service rather than the name of a pod', async () => {
    const index = await indexOf([entity('cart', [CART]), entity('pay', [PAY])]);
    expect(
      index.entitiesOf({
        name: 'x',
        workload: { namespace: 'shop', name: 'pay', canonicalName: 'cart' },
      }),
    ).toEqual(['component:default/cart']);
  });

  it('is not found by the name of a pod where no entity stands for its canonical service', async () => {
    const index = await indexOf([entity('pay', [PAY])]);
    const named = (canonicalName: string) =>
      index.entitiesOf({
        name: 'x',
        workload: { namespace: 'shop', name: 'pay', canonicalName },
      });
    expect(named('cart')).toEqual([]);
    expect(named('pay')).toEqual(['component:default/pay']);
  });
});
