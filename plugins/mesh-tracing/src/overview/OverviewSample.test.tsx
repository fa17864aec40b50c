import { screen, waitFor } from '@testing-library/react';
import type { LatencyResponse } from 'backstage-plugin-mesh-tracing-common';
import {
  dependenciesResponse,
  fakeApi,
  renderTab,
  sampledLatency,
  sampleEstimate,
  sampleFacts,
} from '../testing';

function show(latency: LatencyResponse, dependencies = dependenciesResponse()) {
  const api = fakeApi({
    getLatency: async () => latency,
    getDependencies: async () => ({
      ...dependencies,
      edges: dependencies.edges.map(edge => ({
        ...edge,
        estimate: sampleEstimate({ count: { low: 90, high: 110 } }),
      })),
      sample: sampleFacts(),
    }),
  });
  renderTab({ api, search: '?auto=off' });
  return api;
}

describe('the overview of a window that was read as a sample', () => {
  it('says about where a count is an estimate, and what it rests on', async () => {
    show(sampledLatency());

    expect(
      await screen.findByText(
        'Failing: about 1,540 of about 12,300 sampled requests (12.5 %)',
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(
        /Calls to payments.shop fail: about 16 of about 100/,
      ),
    ).toBeInTheDocument();
    const requests = screen.getByRole('group', { name: 'Sampled requests' });
    expect(requests).toHaveTextContent('about 12,300');
    expect(requests).toHaveTextContent('in about 12,300 sampled traces');
    expect(
      screen.getByText(
        'Estimated from 1,480 of about 12,300 traces · 60 time slices · p95 ±3.3 %',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'Neighbours' }),
    ).toHaveTextContent('about 130 calls');
  });

  it('gives the p95 with its bounds, and says when it changed by no more than chance', async () => {
    show(
      sampledLatency(
        {},
        {
          comparison: {
            p50Ratio: 1,
            p95Ratio: 1.02,
            p95RatioBounds: { low: 0.97, high: 1.08 },
            errorRateDifference: 0,
            verdict: 'similar',
          },
        },
      ),
    );

    const latency = await screen.findByRole('group', {
      name: 'Latency, 95th percentile',
    });
    expect(latency).toHaveTextContent('1.21 s(1.18–1.25) median 30 ms');
    expect(latency).toHaveTextContent('The difference is within the noise.');
  });

  it('does not say of a sample that it is of the newest requests alone', async () => {
    const answer = sampledLatency();
    answer.coverage = {
      ...answer.coverage,
      complete: false,
      oldestStartTimeMs: answer.startTimeMs,
    };
    show(answer);

    await screen.findByRole('group', { name: 'Sampled requests' });
    expect(screen.queryByText(/newest/)).not.toBeInTheDocument();
  });

  it('looks quickly first, then reads on by itself', async () => {
    const api = fakeApi();
    api.getLatency.mockResolvedValueOnce(sampledLatency({ level: 'quick' }));
    api.getLatency.mockResolvedValueOnce(sampledLatency());
    renderTab({ api, search: '?auto=off' });

    await waitFor(() => expect(api.getLatency).toHaveBeenCalledTimes(2));
    expect(api.getLatency.mock.calls.map(([, query]) => query.sample)).toEqual([
      'quick',
      'normal',
    ]);
  });
});
