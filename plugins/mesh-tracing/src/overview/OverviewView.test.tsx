import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeApi, renderTab, responseError } from '../testing';

describe('the overview of an entity', () => {
  it('says whether the service fails, and where', async () => {
    renderTab();

    expect(
      await screen.findByText('Failing: 16 of 128 sampled requests (12.5 %)'),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/Calls to payments.shop fail: 16 of 100/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Most time goes to POST \/pay in payments.shop: 70 %/),
    ).toBeInTheDocument();
  });

  it('shows effective sampling with its source', async () => {
    renderTab();

    const figure = await screen.findByRole('group', {
      name: 'Effective sampling',
    });
    expect(figure).toHaveTextContent('50 %');
    expect(figure).toHaveTextContent('set by Telemetry shop/checkout-tracing');
  });

  it('says of how many sampled traces its requests are', async () => {
    renderTab();

    expect(
      await screen.findByRole('group', { name: 'Sampled requests' }),
    ).toHaveTextContent('in 128 sampled traces');
  });

  it('opens a trace from the list', async () => {
    renderTab();

    await userEvent.click(
      await screen.findByRole('link', { name: 'POST /pay' }),
    );

    expect(
      await screen.findByRole('treegrid', { name: 'Spans of the trace' }),
    ).toBeInTheDocument();
  });

  it('lets a part fail by itself and try again', async () => {
    const api = fakeApi();
    api.getTraces.mockRejectedValueOnce(
      await responseError(503, 'connect ECONNREFUSED', {
        system: 'trace-store',
        systemName: 'main',
        whatToDo: 'See whether Jaeger runs.',
      }),
    );
    renderTab({ api });

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'The trace store main did not answer as expected',
    );
    expect(alert).toHaveTextContent('connect ECONNREFUSED');
    expect(alert).toHaveTextContent('See whether Jaeger runs.');
    expect(
      await screen.findByRole('group', { name: 'Effective sampling' }),
    ).toBeInTheDocument();

    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );

    expect(
      await screen.findByRole('link', { name: 'POST /pay' }),
    ).toBeInTheDocument();
  });

  it('does not tell a trace that the store lacks as a fault of the store', async () => {
    const api = fakeApi();
    api.getTraces.mockRejectedValue(
      await responseError(404, 'No trace abc is in trace store main', {
        system: 'trace-store',
        systemName: 'main',
        whatToDo: 'It may have expired.',
      }),
    );
    renderTab({ api, search: '?auto=off' });

    expect(await screen.findByText('Trace not found')).toBeInTheDocument();
    expect(screen.getByText('It may have expired.')).toBeInTheDocument();
    expect(
      screen.queryByText(/did not answer as expected/),
    ).not.toBeInTheDocument();
  });
});
