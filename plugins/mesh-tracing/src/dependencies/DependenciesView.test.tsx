import { screen, within } from '@testing-library/react';
import type { DependenciesResponse } from 'backstage-plugin-mesh-tracing-common';
import {
  dependenciesResponse,
  fakeApi,
  renderTab,
  sampleEstimate,
  sampleFacts,
} from '../testing';

function show(patch: Partial<DependenciesResponse> = {}) {
  renderTab({
    api: fakeApi({
      getDependencies: async () => ({ ...dependenciesResponse(), ...patch }),
    }),
    search: '?view=dependencies&auto=off',
  });
}

async function row(table: string, name: RegExp): Promise<HTMLElement> {
  const found = await screen.findByRole('table', { name: table });
  return within(found).getByRole('row', { name });
}

type Edge = DependenciesResponse['edges'][number];

/** Ten callers, each with calls as a function of its number says. */
function tenCallers(
  callsOf: (index: number) => Partial<Edge>,
): Partial<DependenciesResponse> {
  const { nodes, edges } = dependenciesResponse();
  const [edge] = edges as [Edge];
  const callers = Array.from({ length: 10 }, (_, index) => ({
    id: `caller-${index}`,
    kind: 'workload' as const,
    name: `caller-${index}.shop`,
    focus: false,
  }));
  return {
    nodes: [...nodes, ...callers],
    edges: callers.map(({ id }, index) => ({
      ...edge,
      from: id,
      ...callsOf(index),
    })),
  };
}

describe('the dependencies of an entity', () => {
  it('tells of each neighbour from which source it is known', async () => {
    const response = dependenciesResponse();
    show({
      nodes: [
        ...response.nodes,
        { id: 'k', kind: 'service', name: 'cache.shop', focus: false },
      ],
      edges: [
        ...response.edges,
        {
          from: 'c',
          to: 'k',
          direction: 'outbound',
          source: 'store',
          declared: false,
          callCount: 7,
          errorCount: 0,
          protocol: 'unknown',
          p50Us: null,
          p95Us: null,
        },
      ],
    });

    const traced = await row('Calls', /payments/);
    expect(within(traced).getByText('traces')).toBeInTheDocument();
    expect(within(traced).getByText('catalog')).toBeInTheDocument();
    const indexed = await row('Calls', /cache\.shop/);
    expect(within(indexed).getByText('store’s index')).toBeInTheDocument();
    expect(within(indexed).queryByText('traces')).not.toBeInTheDocument();
    expect(
      within(indexed)
        .getAllByRole('cell')
        .map(cell => cell.textContent)
        .slice(0, 4),
    ).toEqual(['7', '–', '–', '–']);
  });

  it('names all entities that claim a neighbour, on the map too', async () => {
    const { nodes } = dependenciesResponse();
    show({
      nodes: nodes.map(node =>
        node.name === 'payments.shop'
          ? { ...node, otherEntityRefs: ['component:default/payments-mesh'] }
          : node,
      ),
    });
    expect(
      await screen.findByText(/^payments\.shop \/ payments-mesh: /),
    ).toBeInTheDocument();
  });

  it('marks what is declared without traffic, and traffic without a declaration', async () => {
    show();

    expect(await row('Calls', /stock/)).toHaveTextContent('no traffic');
    expect(await row('Called by', /frontend/)).toHaveTextContent(
      'not declared',
    );
    expect(await row('Calls', /payments/)).not.toHaveTextContent(
      /not declared|no traffic/,
    );
    expect(
      screen.getByRole('region', { name: 'Neighbours' }),
    ).toHaveTextContent(
      '1 neighbour that the catalog declares had no traffic. 1 neighbour with traffic is not declared in the catalog.',
    );
  });

  it('draws a map of the same figures, whose links the keyboard reaches', async () => {
    show();

    const map = await screen.findByRole('group', {
      name: 'Callers, this entity, and whom it calls',
    });
    expect(within(map).getAllByRole('link').length).toBeGreaterThan(0);
    expect(map).toHaveTextContent('128 calls · p95 120 ms · not declared');
    expect(map).toHaveTextContent('no traffic');
  });

  it('says how many neighbours the map leaves to the tables', async () => {
    show(tenCallers(() => ({})));

    expect(
      await screen.findByText(/2 more are in the tables below\./),
    ).toBeInTheDocument();
  });

  it('lists the versions of a neighbour below its one row', async () => {
    const response = dependenciesResponse();
    const part = { name: 'payments.shop', errorCount: 0, p50Us: 1, p95Us: 2 };
    show({
      edges: response.edges.map(edge =>
        edge.to === 'p'
          ? {
              ...edge,
              parts: [
                { ...part, version: 'v1', callCount: 60 },
                { ...part, version: 'v2', clusterId: 'west', callCount: 40 },
              ],
            }
          : edge,
      ),
    });

    const table = await screen.findByRole('table', { name: 'Calls' });
    expect(
      within(table)
        .getAllByRole('rowheader')
        .map(header => header.textContent)
        .slice(1),
    ).toEqual([
      'version v1',
      'version v2 · in west',
      expect.stringContaining('stock'),
    ]);
    expect(await row('Calls', /version v1/)).toHaveTextContent('60');
  });

  it('proposes the entity that a peer may be, and how to say so', async () => {
    const response = dependenciesResponse();
    show({
      nodes: response.nodes.map(node =>
        node.id === 'f'
          ? { ...node, likelyEntityRef: 'component:default/frontend' }
          : node,
      ),
    });

    expect(await row('Called by', /frontend\.shop/)).toHaveTextContent(
      'add frontend.shop to its annotation meshtracing.io/service-names',
    );
  });

  it('claims no silence of an entity that was not traced', async () => {
    const response = dependenciesResponse();
    show({
      traced: false,
      edges: response.edges.map(edge =>
        edge.from === 'f' ? { ...edge, toldBy: 'neighbour' as const } : edge,
      ),
    });

    expect(await row('Calls', /stock/)).toHaveTextContent(
      'not known: no traces',
    );
    expect(await row('Called by', /frontend/)).toHaveTextContent(
      'traces of the caller',
    );
    expect(
      screen.getByRole('region', { name: 'Neighbours' }),
    ).not.toHaveTextContent('had no traffic');
  });

  it('never leaves the failing neighbour out of the map', async () => {
    show(
      tenCallers(index => ({
        callCount: 100 - index,
        errorCount: index === 9 ? 3 : 0,
      })),
    );

    const map = await screen.findByRole('group', {
      name: 'Callers, this entity, and whom it calls',
    });
    expect(map).toHaveTextContent('caller-9.shop');
    expect(map).not.toHaveTextContent('caller-8.shop');
  });

  it('says about where calls are estimated from a sample, not of those that an index counted', async () => {
    const { edges } = dependenciesResponse();
    show({
      sample: sampleFacts(),
      edges: edges.map((edge, index) => ({
        ...edge,
        callCount: 1_234,
        ...(index === 0
          ? { source: 'store' as const }
          : {
              estimate: sampleEstimate({
                count: { low: 1_200, high: 1_260 },
                errorRate: { low: 0.009, high: 0.02 },
                p95Us: { low: 85_000, high: 99_000 },
              }),
            }),
      })),
    });

    const estimated = await row('Calls', /payments/);
    expect(estimated).toHaveTextContent('about 1,230');
    expect(estimated).toHaveTextContent('1.3 %(0.9–2 %)');
    expect(estimated).toHaveTextContent('90 ms(85–99)');
    expect(await row('Called by', /frontend/)).toHaveTextContent('1,234');
    expect(
      screen.getByRole('group', {
        name: 'Callers, this entity, and whom it calls',
      }),
    ).toHaveTextContent('about 1,230 calls');
    expect(
      screen.getByRole('region', { name: 'Neighbours' }),
    ).toHaveTextContent('Estimated from 1,480 of about 12,300 traces');
  });
});
