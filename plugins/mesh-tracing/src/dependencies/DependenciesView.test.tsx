import { screen, within } from '@testing-library/react';
import type { DependenciesResponse } from 'backstage-plugin-mesh-tracing-common';
import { dependenciesResponse, fakeApi, renderTab } from '../__testUtils__';

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

describe('the dependencies of an entity', () => {
  it('tells from which source each is known', async () => {
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

  it('draws the same, in a box whose links the keyboard reaches', async () => {
    show();

    const map = await screen.findByRole('group', {
      name: 'Callers, this entity, and whom it calls',
    });
    expect(within(map).getAllByRole('link').length).toBeGreaterThan(0);
    expect(map).toHaveTextContent('128 calls · p95 120 ms · not declared');
    expect(map).toHaveTextContent('no traffic');
  });

  it('says how many neighbours the map leaves to the tables', async () => {
    const response = dependenciesResponse();
    const [edge] = response.edges;
    const callers = Array.from({ length: 10 }, (_, index) => ({
      id: `caller-${index}`,
      kind: 'workload' as const,
      name: `caller-${index}.shop`,
      focus: false,
    }));
    show({
      nodes: [...response.nodes, ...callers],
      edges: callers.flatMap(({ id }) => (edge ? [{ ...edge, from: id }] : [])),
    });

    expect(
      await screen.findByText(/2 more are in the tables below\./),
    ).toBeInTheDocument();
  });
});
