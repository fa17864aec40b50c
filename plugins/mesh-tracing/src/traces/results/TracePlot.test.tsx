import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  fakeApi,
  renderTab,
  sampleFacts,
  traceSummary,
  tracesResponse,
} from '../../testing';

function show(search = '') {
  const api = fakeApi({
    getTraces: async (_entity, { sample }) =>
      sample
        ? tracesResponse({
            traces: [traceSummary(77, { rootOperation: 'GET /sampled' })],
            sample: sampleFacts({ level: sample, canRefine: false }),
          })
        : tracesResponse(),
  });
  renderTab({ api, search: `?view=traces&auto=off${search}` });
  return api;
}

describe('the plot of traces', () => {
  it('shows the listed traces until the sample of the window is asked for', async () => {
    const api = show();

    const sample = await screen.findByRole('radio', {
      name: 'Sample of the whole window',
    });
    expect(api.getTraces).toHaveBeenCalledTimes(1);

    await userEvent.click(sample);

    expect(
      await screen.findByText(/Estimated from 1,480 of about 12,300 traces/),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(api.getTraces.mock.lastCall?.[1]).toMatchObject({
        sample: 'quick',
      }),
    );
    // The list stays the newest ones.
    expect(screen.getByRole('link', { name: 'POST /pay' })).toBeInTheDocument();
  });

  it('lists the sample too, for those who can not use a plot', async () => {
    show('&plot=sample');

    fireEvent.click(await screen.findByText('Show the sample as a table'));

    expect(
      await screen.findByRole('link', { name: 'GET /sampled' }),
    ).toBeInTheDocument();
  });

  it('offers no sample beside filters, which it does not know', async () => {
    show('&plot=sample&errors=true');

    await screen.findByRole('link', { name: 'POST /pay' });
    expect(
      screen.queryByRole('radio', { name: 'Sample of the whole window' }),
    ).not.toBeInTheDocument();
    expect(screen.queryByText(/Estimated from/)).not.toBeInTheDocument();
  });
});
