import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  fakeApi,
  renderTab,
  workloadView,
  workloadsResponse,
  checkoutEntity,
} from '../testing';

describe('the Tracing tab', () => {
  it('says by which rule the workloads were found, and that the mesh is simulated', async () => {
    renderTab();

    expect(
      await screen.findByText('Found by backstage.io/kubernetes-id: 2 pods.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/This mesh is simulated/)).toBeInTheDocument();
  });

  it('leads to the views by links that keep the time range', async () => {
    renderTab({ search: '?range=6h' });

    await userEvent.click(
      await screen.findByRole('link', { name: 'Dependencies' }),
    );

    expect(
      await screen.findByRole('table', { name: 'Calls' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Dependencies' })).toHaveAttribute(
      'aria-current',
      'page',
    );
    expect(screen.getByRole('link', { name: 'Latency' })).toHaveAttribute(
      'href',
      '/?view=latency&range=6h',
    );
  });

  it('asks the backend for the window that the range of the address means', async () => {
    const { api } = renderTab({ search: '?range=15m&auto=off' });
    await screen.findByRole('group', { name: 'Sampled requests' });

    const window = api.getLatency.mock.lastCall?.[1];
    expect((window?.endTimeMs ?? 0) - (window?.startTimeMs ?? 0)).toBe(900_000);
  });

  it('asks the backend again when its user refreshes', async () => {
    const { api } = renderTab({ search: '?auto=off' });
    await screen.findByRole('group', { name: 'Sampled requests' });
    const before = api.getLatency.mock.calls.length;

    await userEvent.click(screen.getByRole('button', { name: 'Refresh now' }));

    expect(api.getLatency.mock.calls).toHaveLength(before + 1);
  });

  it('offers an annotation to an entity without one, with what it would match', async () => {
    const api = fakeApi({
      getWorkloads: async () =>
        workloadsResponse({
          rule: undefined,
          workloads: [],
          suggestions: [
            {
              annotation: 'meshtracing.io/workloads',
              value: 'demo/shop/Deployment/checkout',
              workloads: [workloadView()],
            },
          ],
        }),
    });
    renderTab({ api, entity: checkoutEntity({}) });

    expect(
      await screen.findByText(
        /meshtracing.io\/workloads: demo\/shop\/Deployment\/checkout/,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy annotation' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('demo/shop/Deployment/checkout'),
    ).toBeInTheDocument();
    expect(api.getLatency).not.toHaveBeenCalled();
  });
});
