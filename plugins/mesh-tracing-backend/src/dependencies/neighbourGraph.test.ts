import type { Entity } from '@backstage/catalog-model';
import type {
  DependencyGraph,
  DependencyNeighbour,
  DependencyNode,
} from 'backstage-plugin-mesh-tracing-common';
import { neighbourGraph, type Surroundings } from './neighbourGraph';

const REF = 'component:default/shop';
const figures = (callCount: number, p95Us = callCount) => ({
  callCount,
  errorCount: 1,
  failures: [{ protocol: 'http' as const, code: 402, count: 1 }],
  protocol: 'http',
  p50Us: 1,
  p95Us,
});

function node(id: string, name = 'rec.shop', version = id): DependencyNode {
  return {
    id,
    kind: 'workload',
    name,
    workload: {
      namespace: 'shop',
      canonicalName: 'rec',
      canonicalRevision: version,
    },
  };
}

function neighbour(
  callCount: number,
  parts: Array<[node: string, callCount: number]>,
): DependencyNeighbour {
  return {
    direction: 'outbound',
    ...figures(callCount, 77),
    parts: parts.map(([id, count]) => ({ node: id, ...figures(count) })),
  };
}

function declared(name: string): Surroundings['declared'][number] {
  return {
    entity: {} as Entity,
    entityRef: `component:default/${name}`,
    name,
    direction: 'outbound',
  };
}

function around(
  graph: Partial<DependencyGraph>,
  rest: Partial<Surroundings> = {},
) {
  return neighbourGraph({
    entityRef: REF,
    entityName: 'shop',
    graph: { nodes: [], edges: [], neighbours: [], ...graph },
    told: [],
    stored: [],
    declared: [],
    isOwnService: () => false,
    entitiesOf: () => [],
    ...rest,
  });
}

describe('the neighbours of an entity', () => {
  it('are one row for the versions of one entity, which lists each version', () => {
    const { nodes, edges } = around(
      {
        nodes: [node('v1'), node('v2')],
        neighbours: [
          neighbour(30, [
            ['v2', 20],
            ['v1', 10],
          ]),
        ],
      },
      { entitiesOf: () => ['component:default/rec'] },
    );
    expect(nodes.map(({ name }) => name)).toEqual(['shop', 'rec.shop']);
    expect(edges).toMatchObject([
      {
        callCount: 30,
        p95Us: 77,
        parts: [
          { version: 'v2', callCount: 20 },
          { version: 'v1', callCount: 10 },
        ],
      },
    ]);
  });

  it('are two rows where the versions are entities of their own', () => {
    const { nodes, edges } = around(
      {
        nodes: [node('v1'), node('v2')],
        neighbours: [
          neighbour(30, [
            ['v2', 20],
            ['v1', 10],
          ]),
        ],
      },
      { entitiesOf: ({ id }) => [`component:default/rec-${id}`] },
    );
    expect(nodes.map(({ entityRef }) => entityRef)).toEqual([
      REF,
      'component:default/rec-v2',
      'component:default/rec-v1',
    ]);
    expect(edges.map(({ p95Us, parts }) => [p95Us, parts])).toEqual([
      [20, undefined],
      [10, undefined],
    ]);
  });

  it('are one row for several services of one entity, without a percentile of them all', () => {
    const { edges } = around(
      {
        nodes: [node('web', 'rec-web.shop'), node('api', 'rec-api.shop')],
        neighbours: [neighbour(20, [['web', 20]]), neighbour(5, [['api', 5]])],
      },
      { entitiesOf: () => ['component:default/rec'] },
    );
    expect(edges).toMatchObject([
      {
        callCount: 25,
        errorCount: 2,
        failures: [{ protocol: 'http', code: 402, count: 2 }],
        p50Us: null,
        p95Us: null,
      },
    ]);
    expect(edges[0]?.parts).toMatchObject([
      { name: 'rec-web.shop', p95Us: 20 },
      { name: 'rec-api.shop', p95Us: 5 },
    ]);
  });

  it('are one row for nodes of the same name without an entity, as in two clusters', () => {
    const { nodes, edges } = around({
      nodes: [node('east'), node('west')],
      neighbours: [neighbour(20, [['east', 20]]), neighbour(5, [['west', 5]])],
    });
    expect(nodes.filter(({ name }) => name === 'rec.shop')).toHaveLength(1);
    expect(edges).toMatchObject([{ callCount: 25 }]);
  });

  it("have the counts of the neighbour's own spans where the entity makes none", () => {
    const payment = { ...declared('payment'), direction: 'inbound' as const };
    const { edges } = around(
      {},
      { declared: [payment], told: [{ neighbour: payment, ...figures(309) }] },
    );
    expect(edges).toMatchObject([
      {
        direction: 'inbound',
        source: 'traces',
        toldBy: 'neighbour',
        declared: true,
        callCount: 309,
      },
    ]);
  });

  it('propose a declared entity without traffic for a peer of a similar name', () => {
    const peers: DependencyNode[] = [
      { id: 'x', kind: 'external', name: 'pricing-db.example.com' },
      { id: 'y', kind: 'external', name: 'pricing.example.com' },
    ];
    const { nodes } = around(
      {
        nodes: peers,
        neighbours: [neighbour(3, [['x', 3]]), neighbour(2, [['y', 2]])],
      },
      { declared: [declared('Pricing')] },
    );
    expect(
      nodes.map(({ name, likelyEntityRef }) => [name, likelyEntityRef]),
    ).toEqual([
      ['shop', undefined],
      ['pricing-db.example.com', undefined],
      ['pricing.example.com', 'component:default/Pricing'],
      ['Pricing', undefined],
    ]);
  });
});
