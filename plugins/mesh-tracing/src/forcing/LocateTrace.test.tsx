import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { meshTracingPlugin } from '../plugin';
import {
  meshTracingApiRef,
  type MeshTracingApi,
} from '../shared/api/MeshTracingApi';
import { fakeApi, responseError } from '../testing';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';

async function lookFor(patch: Partial<MeshTracingApi> = {}) {
  const api = fakeApi(patch);
  renderTestApp({
    features: [meshTracingPlugin],
    apis: [[meshTracingApiRef, api]],
    initialRouteEntries: ['/mesh-tracing'],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
  await userEvent.type(
    await screen.findByRole('textbox', { name: 'Open a trace by id' }),
    `b3: ${ID}-00f067aa0ba902b7-1{enter}`,
  );
  return api;
}

describe('the field for a trace on the page of owned entities', () => {
  it('leads to the trace on the page of each entity that it belongs to', async () => {
    const api = await lookFor({
      locateTrace: async traceId => ({
        traceId,
        entities: [
          { entityRef: 'component:default/checkout', title: 'Checkout' },
          { entityRef: 'component:default/basket' },
        ],
      }),
    });

    const link = await screen.findByRole(
      'link',
      { name: 'Open it in Checkout' },
      { timeout: 20_000 },
    );
    expect(link).toHaveAttribute(
      'href',
      `/catalog/default/component/checkout/tracing?view=traces&trace=${ID}`,
    );
    expect(
      screen.getByRole('link', { name: 'Open it in basket' }),
    ).toBeInTheDocument();
    expect(api.locateTrace.mock.calls[0]?.[0]).toBe(ID);
  });

  it('says why it can not look', async () => {
    await lookFor({
      locateTrace: async () => {
        throw await responseError(403, 'You may not look up traces');
      },
    });

    expect(
      await screen.findByText('You may not look up traces'),
    ).toBeInTheDocument();
  });
});
