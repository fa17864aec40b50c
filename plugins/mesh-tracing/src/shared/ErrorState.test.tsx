import { screen } from '@testing-library/react';
import { fakeApi, renderTab, responseError } from '../__testUtils__';

describe('a trace that the store lacks', () => {
  it('is not told as a fault of the store', async () => {
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
