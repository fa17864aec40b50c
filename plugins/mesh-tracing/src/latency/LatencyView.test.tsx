import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  fakeApi,
  latencyResponse,
  renderTab,
  statistics,
} from '../__testUtils__';

function show(patch: Parameters<typeof latencyResponse>[0] = {}) {
  renderTab({
    api: fakeApi({ getLatency: async () => latencyResponse(patch) }),
    search: '?view=latency&auto=off',
  });
}

describe('the latency of an entity', () => {
  it('says what the numbers are of', async () => {
    show();

    const panel = await screen.findByRole('region', {
      name: 'Latency over time',
    });
    expect(panel).toHaveTextContent('Of 128 sampled traces.');
    expect(panel).toHaveTextContent('Sampling in force: 50 %.');
  });

  it('draws percentiles over time, with the same as text', async () => {
    show();

    expect(
      await screen.findByRole('img', { name: /p50 30 ms, p95 125 ms/ }),
    ).toBeInTheDocument();
  });

  it('leads from an operation to its traces', async () => {
    show();

    expect(
      await screen.findByRole('link', { name: 'POST /orders' }),
    ).toHaveAttribute('href', expect.stringContaining('operation=POST'));
  });

  it('does not sell a few sampled requests as a rate', async () => {
    show();

    const row = await screen.findByRole('row', {
      name: /payments.shop called/,
    });
    expect(row).toHaveTextContent('25.4 % to 74.6 %');
    expect(row).toHaveTextContent('6 of 12');
    expect(row).toHaveTextContent('small sample');
  });

  it('gives the rate itself when all requests were counted', async () => {
    show({ basis: 'all-requests' });

    const row = await screen.findByRole('row', {
      name: /payments.shop called/,
    });
    expect(row).toHaveTextContent('50 %');
    expect(
      screen.getByRole('region', { name: 'Latency over time' }),
    ).toHaveTextContent('Of all requests.');
  });

  it('compares versions with one another', async () => {
    const { latency } = latencyResponse();
    show({
      latency: {
        ...latency,
        versions: [
          { ...statistics(), version: 'v1' },
          { ...statistics({ count: 40, p95Us: 900_000 }), version: 'v2' },
        ],
      },
      versionComparisons: [
        {
          version: 'v2',
          baseline: 'v1',
          comparison: {
            p50Ratio: 1.5,
            p95Ratio: 7.5,
            errorRateDifference: 0,
            verdict: 'slower',
          },
        },
      ],
    });

    const panel = await screen.findByRole('region', { name: 'By version' });
    expect(within(panel).getByText('slower, against v1')).toBeInTheDocument();

    await userEvent.click(within(panel).getByRole('button', { name: 'p95' }));

    expect(
      within(panel)
        .getAllByRole('rowheader')
        .map(cell => cell.textContent),
    ).toEqual([expect.stringContaining('v2'), 'v1']);
  });

  it('says what to do about a window without requests', async () => {
    const { latency } = latencyResponse();
    show({
      latency: { ...latency, overall: null, operations: [], peers: [] },
      criticalPath: [],
    });

    expect(
      await screen.findByText('No sampled request in this window'),
    ).toBeInTheDocument();
  });
});
