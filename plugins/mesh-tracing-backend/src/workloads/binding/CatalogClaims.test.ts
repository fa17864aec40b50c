import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Workload } from 'backstage-plugin-mesh-tracing-common';
import { mockLogger } from '../../testing/services/mockLogger';
import { FakeMeshCluster } from '../../testing/mesh/FakeMeshCluster';
import { workload } from '../../testing/sampling/samplingHarness';
import { DefaultWorkloadResolver } from '../resolver/DefaultWorkloadResolver';
import { CatalogClaims } from './CatalogClaims';

const ID = 'backstage.io/kubernetes-id';
const CART = workload('cart', { ownerLabels: { [ID]: 'cart' } });
const PAY = workload('pay');

function entity(
  name: string,
  annotations: Record<string, string>,
  { kind = 'Component', namespace = 'default' } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace, annotations },
    relations: [{ type: 'ownedBy', targetRef: `group:default/of-${name}` }],
  };
}

function claimsOf(entities: Entity[], workloads: Workload[] = [CART, PAY]) {
  const cluster = FakeMeshCluster.create({ workloads });
  const logger = mockLogger();
  const catalog = catalogServiceMock({ entities });
  const getEntities = jest.spyOn(catalog, 'getEntities');
  const resolver = DefaultWorkloadResolver.create();
  const resolve = jest.spyOn(resolver, 'resolve');
  const claims = CatalogClaims.create({
    auth: mockServices.auth(),
    catalog,
    resolver,
    matchByName: ['Component'],
    logger,
  });
  return { claims, cluster, getEntities, logger, resolve };
}

describe('the claims of a catalog', () => {
  it('are those of annotations, of names that labels hold, and of names in traces', async () => {
    const { claims, cluster } = claimsOf([
      entity('ref', { 'meshtracing.io/workloads': 'shop/Deployment/cart' }),
      entity('id', { [ID]: 'cart' }),
      entity('cart', {}),
      entity('cart', {}, { namespace: 'shop' }),
      entity('cart', {}, { namespace: 'elsewhere' }),
      entity('cart', {}, { kind: 'Resource' }),
      entity('names', { 'meshtracing.io/service-names': 'cart.shop' }),
      entity('team', { [ID]: 'cart' }, { kind: 'Group' }),
    ]);
    const index = await claims.index([cluster.snapshot()], [CART]);
    const found = index
      .claimsOn(CART)
      .map(({ entityRef, strength }) => `${strength} ${entityRef}`);
    expect(found.sort()).toEqual([
      'consent component:default/id',
      'name component:default/cart',
      'name component:default/names',
      'name component:shop/cart',
      'reference component:default/ref',
    ]);
    expect(index.claimsOn(PAY)).toEqual([]);
  });

  it('lack only those of an entity that can not be read, which is logged once', async () => {
    const { claims, cluster, logger, resolve } = claimsOf([
      entity('broken', { [ID]: 'broken' }),
      entity('id', { [ID]: 'cart' }),
    ]);
    const resolver = DefaultWorkloadResolver.create();
    resolve.mockImplementation((each, snapshots) => {
      if (each.metadata.name === 'broken') {
        throw new Error('No such thing');
      }
      return resolver.resolve(each, snapshots);
    });
    const index = await claims.index([cluster.snapshot()], [CART]);
    await claims.index([cluster.snapshot()], [workload('unknown')]);
    expect(index.claimsOn(CART)).toHaveLength(1);
    expect(logger.warn.mock.calls).toEqual([
      [expect.stringContaining('component:default/broken')],
    ]);
  });

  it('are read from the catalog once for all callers, and matched again for a new workload', async () => {
    const { claims, cluster, getEntities, resolve } = claimsOf([
      entity('new', { 'meshtracing.io/workloads': 'shop/Deployment/new' }),
    ]);
    await claims.index([cluster.snapshot()], [CART]);
    await claims.index([cluster.snapshot()], [CART]);
    expect(resolve).toHaveBeenCalledTimes(1);
    const fresh = workload('new');
    const later = { ...cluster.snapshot(), workloads: [CART, PAY, fresh] };
    const index = await claims.index([later], [fresh]);
    expect(index.claimsOn(fresh)).toHaveLength(1);
    expect(getEntities).toHaveBeenCalledTimes(1);
  });
});
