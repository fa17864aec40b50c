import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { meshTracingPlugin } from '../plugin';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { fakeApi, ownedSetupFindingsResponse, setupFinding } from '../testing';

function renderPage(api = fakeApi()) {
  renderTestApp({
    features: [meshTracingPlugin],
    apis: [[meshTracingApiRef, api]],
    initialRouteEntries: ['/mesh-tracing'],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
  return api;
}

describe('the page of owned entities', () => {
  it('shows sampling, source, override and findings from one request', async () => {
    const api = renderPage();

    const row = await screen.findByRole('row', { name: /Checkout/ });
    expect(row).toHaveTextContent('100 %');
    expect(row).toHaveTextContent('Telemetry shop/checkout-tracing');
    expect(row).toHaveTextContent(/ends in \d+ min/);
    expect(row).toHaveTextContent('1 error');
    expect(api.getOwned).toHaveBeenCalledTimes(1);
  });

  it('shows the first finding about the set-up of each, and how many more there are', async () => {
    renderPage(
      fakeApi({
        getOwnedSetupFindings: async () =>
          ownedSetupFindingsResponse({
            entities: [
              {
                entityRef: 'component:default/checkout',
                findings: [setupFinding(), setupFinding({ what: 'Another.' })],
              },
            ],
          }),
      }),
    );

    expect(
      await screen.findByText(
        'Set-up: Telemetry shop/all has sampled all requests for 3 days.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('row', { name: /Checkout/ })).toHaveTextContent(
      '1 more finding about the set-up',
    );
  });

  it('stays as it is where findings about set-ups can not be had', async () => {
    renderPage(
      fakeApi({
        getOwnedSetupFindings: async () => {
          throw new TypeError('Failed to fetch');
        },
      }),
    );

    expect(
      await screen.findByRole('row', { name: /Checkout/ }),
    ).toHaveTextContent('1 error');
  });

  it('filters by name', async () => {
    renderPage();
    await screen.findByRole('row', { name: /Checkout/ });

    await userEvent.type(screen.getByRole('searchbox'), 'bask');

    const headers = screen.getAllByRole('rowheader');
    expect(headers).toHaveLength(1);
    expect(
      within(headers[0] as HTMLElement).getByText('basket'),
    ).toBeInTheDocument();
  });

  it('sorts by sampling', async () => {
    renderPage();
    await screen.findByRole('row', { name: /Checkout/ });

    await userEvent.click(
      screen.getByRole('columnheader', { name: 'Effective sampling' }),
    );

    expect(
      screen.getAllByRole('rowheader').map(cell => cell.textContent),
    ).toEqual(['basket', 'Checkout']);
  });

  it('tells what was changed lately, with the entity of each change', async () => {
    const api = renderPage();
    const region = await screen.findByRole('region', {
      name: 'Recent changes',
    });

    expect(await within(region).findByRole('listitem')).toHaveTextContent(
      /Override ended on time checkout/,
    );
    expect(
      within(region).getByRole('link', { name: /checkout/ }),
    ).toBeInTheDocument();
    expect(api.getOwnedHistory.mock.lastCall?.[0]?.cursor).toBeUndefined();
  });
});
