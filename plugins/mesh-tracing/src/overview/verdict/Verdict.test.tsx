import { screen } from '@testing-library/react';
import type {
  DependenciesResponse,
  LatencyResponse,
  TracingResponse,
} from 'backstage-plugin-mesh-tracing-common';
import {
  dependenciesResponse,
  effectiveSide,
  estimatedStatistics,
  sampledLatency,
  sampleEstimate,
  latencyResponse,
  renderTab,
  tracingResponse,
  workloadTracing,
  fakeApi,
  statistics,
  effectiveTracing,
  NOW_MS,
} from '../../testing';

/** Healthy in everything but what is patched. */
function show(patch: {
  latency?: Partial<LatencyResponse>;
  edges?: DependenciesResponse['edges'];
  tracing?: TracingResponse;
}) {
  const { latency } = latencyResponse();
  renderTab({
    api: fakeApi({
      getLatency: async () =>
        latencyResponse({
          latency: { ...latency, overall: statistics() },
          comparison: null,
          ...patch.latency,
        }),
      getDependencies: async () => ({
        ...dependenciesResponse(),
        edges: patch.edges ?? [],
      }),
      getTracing: async () => patch.tracing ?? quietTracing(),
    }),
    search: '?auto=off',
  });
}

function quietTracing(): TracingResponse {
  return tracingResponse({
    workloads: [
      workloadTracing({ effective: effectiveTracing({ findings: [] }) }),
    ],
  });
}

async function verdict(sentence: string | RegExp): Promise<HTMLElement> {
  const title = await screen.findByText(sentence);
  const found = title.closest<HTMLElement>('[data-tone]');
  if (!found) {
    throw new Error(`${sentence} is not part of the verdict`);
  }
  return found;
}

describe('the verdict above the overview', () => {
  it('is green when nothing stands out, and says what it did not compare', async () => {
    show({ latency: { previous: null, comparison: null } });

    const box = await verdict(
      'Nothing stands out: no errors in 128 sampled requests',
    );
    expect(box).toHaveAttribute('data-tone', 'success');
    expect(box).toHaveTextContent(
      'There is no earlier window to compare with.',
    );
    expect(box).not.toHaveTextContent(/slower|like those of the window/);
  });

  it('is as red as a finding below it', async () => {
    const finding = {
      severity: 'error' as const,
      code: 'provider-unknown',
      what: 'The mesh has no provider jager.',
      whatToDo: 'Correct the name.',
    };
    show({
      tracing: tracingResponse({
        workloads: [
          workloadTracing({
            effective: effectiveTracing({ findings: [finding] }),
          }),
        ],
      }),
    });

    await screen.findByRole('region', { name: 'Findings' });
    const [title] = await screen.findAllByText(
      'The mesh has no provider jager.',
    );
    expect(title?.closest('[data-tone]')).toHaveAttribute(
      'data-tone',
      'danger',
    );
  });

  it('shows declined cards by their status code, not as an outage', async () => {
    const [, outbound] = dependenciesResponse().edges;
    show({
      edges: outbound
        ? [
            {
              ...outbound,
              callCount: 357,
              errorCount: 16,
              failures: [{ protocol: 'http', code: 402, count: 16 }],
            },
          ]
        : [],
    });

    const box = await verdict(
      'Calls to payments.shop are refused: 16 of 357 sampled calls (4.5 %): 16 × 402',
    );
    expect(box).toHaveAttribute('data-tone', 'notice');
    expect(
      screen.getByRole('region', { name: 'Neighbours' }),
    ).toHaveTextContent('16 refused: 16 × 402');
  });

  it('says since when the figures are, where only the newest were read', async () => {
    const { coverage } = latencyResponse();
    show({
      latency: {
        coverage: {
          ...coverage,
          complete: false,
          oldestStartTimeMs: NOW_MS - 480_000,
        },
      },
    });

    expect(
      await verdict('Nothing stands out: no errors in 128 sampled requests'),
    ).toHaveTextContent('Of the newest requests, since ');
    expect(
      screen.getByRole('group', { name: 'Sampled requests' }),
    ).toHaveTextContent(/^Sampled requests128in the 128 newest sampled traces/);
  });

  it('says that nothing is traced where no span leaves the workload', async () => {
    const silent = effectiveSide({ spanReporting: 'no-tracer' });
    show({
      tracing: tracingResponse({
        workloads: [
          workloadTracing({
            effective: effectiveTracing({
              path: 'legacy',
              client: silent,
              server: silent,
              findings: [],
            }),
          }),
        ],
      }),
    });

    const box = await verdict('Not traced: the proxies have no tracer');
    expect(box).toHaveAttribute('data-tone', 'notice');
    const figure = screen.getByRole('group', { name: 'Effective sampling' });
    expect(figure).toHaveTextContent('Not traced');
    expect(figure).toHaveTextContent('the proxies have no tracer');
    expect(figure).not.toHaveTextContent('%');
  });

  it('claims no errors of those requests alone that were read of a sample', async () => {
    const answer = sampledLatency();
    show({
      latency: {
        ...answer,
        latency: {
          ...answer.latency,
          overall: estimatedStatistics({
            errorCount: 0,
            estimate: sampleEstimate({ errorRate: { low: 0, high: 0.003 } }),
          }),
        },
      },
    });

    expect(
      await verdict('Nothing stands out: no errors in 1,480 sampled requests'),
    ).toHaveAttribute('data-tone', 'success');
    expect(screen.getByRole('group', { name: 'Error rate' })).toHaveTextContent(
      'Estimated for all requests: 0 % to 0.3 % fail',
    );
  });
});
