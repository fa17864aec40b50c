import { screen } from '@testing-library/react';
import type { SpanReporting } from 'backstage-plugin-mesh-tracing-common';
import {
  dependenciesResponse,
  effectiveSide,
  latencyResponse,
  renderTab,
  tracesResponse,
  tracingResponse,
  workloadTracing, fakeApi, effectiveTracing } from '../../testing';

function show(view: string, spanReporting: SpanReporting) {
  const side = effectiveSide({ spanReporting });
  const { latency } = latencyResponse();
  renderTab({
    api: fakeApi({
      getTraces: async () => tracesResponse({ traces: [], services: [] }),
      getLatency: async () =>
        latencyResponse({
          latency: { ...latency, overall: null, operations: [], peers: [] },
          criticalPath: [],
        }),
      getDependencies: async () => ({
        ...dependenciesResponse(),
        edges: [],
        traceCount: 0,
      }),
      getTracing: async () =>
        tracingResponse({
          workloads: [
            workloadTracing({
              effective: effectiveTracing({
                client: side,
                server: side,
                findings: [
                  {
                    severity: 'error',
                    code: 'tracing-off-by-omission',
                    what: 'No provider is named.',
                    whatToDo: 'Name a provider.',
                  },
                ],
              }),
            }),
          ],
        }),
    }),
    search: `?auto=off&view=${view}`,
  });
}

const VIEWS = ['overview', 'traces', 'latency', 'dependencies'];

describe('a view without traces', () => {
  it.each(VIEWS)(
    'does not advise more sampling where tracing is off: %s',
    async view => {
      show(view, 'no-provider');

      expect(
        await screen.findByText(/Tracing is off, because no provider is named/),
      ).toBeInTheDocument();
      expect(screen.getAllByText('Name a provider.').length).toBeGreaterThan(0);
      expect(
        screen.queryByText(/longer window|raise sampling/),
      ).not.toBeInTheDocument();
    },
  );

  it.each(VIEWS)('advises more sampling where it helps: %s', async view => {
    show(view, 'reported');

    expect(
      await screen.findByText(/Choose a longer window, or raise sampling/),
    ).toBeInTheDocument();
  });

  it('says so when the store knows no service of the entity', async () => {
    show('traces', 'reported');

    expect(
      await screen.findByText(
        'The trace store knows no service of this entity.',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Searched for: –/)).not.toBeInTheDocument();
  });
});
