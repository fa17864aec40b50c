import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { sampleConfidence } from 'backstage-plugin-mesh-tracing-common';
import { latencyResponse, renderTab, statistics, fakeApi } from '../testing';

function show(patch: Parameters<typeof latencyResponse>[0] = {}) {
  renderTab({
    api: fakeApi({ getLatency: async () => latencyResponse(patch) }),
    search: '?view=latency&auto=off',
  });
}

describe('the latency of an entity', () => {
  it('says how many traces its figures are of, and at which sampling', async () => {
    show();

    const panel = await screen.findByRole('region', {
      name: 'Latency over time',
    });
    expect(panel).toHaveTextContent('Of 128 sampled traces.');
    expect(panel).toHaveTextContent('Sampling in force: 50 %.');
  });

  it('draws percentiles over time, and says them as text to those who can not see', async () => {
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
          { ...statistics(), workload: 'checkout.shop', version: 'v1' },
          {
            ...statistics({ count: 40, p95Us: 900_000 }),
            workload: 'checkout.shop',
            version: 'v2',
          },
        ],
      },
      versionComparisons: [
        {
          workload: 'checkout.shop',
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
    expect(
      within(panel).getByText(
        'Compared with v1: slower; p95 7.5 times as high',
      ),
    ).toBeInTheDocument();

    await userEvent.click(within(panel).getByRole('button', { name: 'p95' }));

    expect(
      within(panel)
        .getAllByRole('rowheader')
        .map(cell => cell.textContent),
    ).toEqual([expect.stringContaining('v2'), 'v1']);
  });

  it('keeps the versions of different workloads apart', async () => {
    const { latency } = latencyResponse();
    const row = (workload: string, version: string) => ({
      ...statistics(),
      workload,
      version,
    });
    show({
      latency: {
        ...latency,
        versions: [
          row('fraud-check.shop', 'v2'),
          row('payment.shop', 'v7'),
          row('payment.shop', 'v8'),
        ],
      },
      versionComparisons: [],
    });

    const panel = await screen.findByRole('region', { name: 'By version' });
    expect(panel).toHaveTextContent('Version of payment.shop');
    expect(panel).not.toHaveTextContent('fraud-check');
    expect(
      within(panel)
        .getAllByRole('rowheader')
        .map(cell => cell.textContent),
    ).toEqual(['v7', 'v8']);
  });

  it('says how much of the traces’ time is not of this entity', async () => {
    show({ criticalPathElsewhereUs: 2_000_000 });

    expect(
      await screen.findByRole('region', { name: 'Where the time goes' }),
    ).toHaveTextContent(
      'Callers, and what else they call, took 2 s of the same traces.',
    );
  });

  it('sets the window beside the one before', async () => {
    show({
      comparison: {
        p50Ratio: 1,
        p95Ratio: 1.2,
        errorRateDifference: 0.125,
        verdict: 'more errors',
      },
    });

    const panel = await screen.findByRole('region', {
      name: 'This window and the one before',
    });
    expect(panel).toHaveTextContent('Against the window before: more errors.');
    expect(
      within(panel).getByRole('row', { name: /^Window before/ }),
    ).toHaveTextContent('0 of 128');
    expect(
      within(panel).getByRole('row', { name: /^Change/ }),
    ).toHaveTextContent('0 % → 12.5 %');
    expect(
      within(panel).getByRole('row', { name: /^Change/ }),
    ).toHaveTextContent('×1.2');
  });

  it('draws no conclusion from too few requests', async () => {
    show({
      previous: statistics({ count: 1 }),
      comparison: {
        p50Ratio: 1,
        p95Ratio: 9,
        errorRateDifference: 0,
        verdict: 'too few requests',
      },
    });

    expect(
      await screen.findByText(/too few requests to compare/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('row', { name: /^Change/ }),
    ).not.toBeInTheDocument();
  });

  it('says so when the window before could not be read', async () => {
    show({ previous: null });

    expect(
      await screen.findByText('No data of the window before.'),
    ).toBeInTheDocument();
  });

  it('states how far the sample can be trusted', async () => {
    show({ confidence: sampleConfidence(12, 3, 1) });

    const panel = await screen.findByRole('region', {
      name: 'This window and the one before',
    });
    expect(panel).toHaveTextContent('in 12 traced requests; 1 % are sampled.');
    expect(panel).toHaveTextContent(
      'Estimated for all requests: 8.9 % to 53.2 % fail (95 % confidence).',
    );
    expect(panel).toHaveTextContent('Too few for a p99');
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
