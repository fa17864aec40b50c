import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { meshTracingPlugin } from '../plugin';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import {
  effectiveSide,
  fakeApi,
  ownedResponse,
  renderSampling,
  tracingResponse,
  workloadTracing,
  effectiveTracing,
} from '../testing';

/** Listeners are set up for tracing at 10 %, and no span leaves the proxy. */
function api() {
  const side = effectiveSide({ spanReporting: 'no-tracer' });
  const { entities, ...owned } = ownedResponse();
  return fakeApi({
    getTracing: async () =>
      tracingResponse({
        workloads: [
          workloadTracing({
            effective: effectiveTracing({ client: side, server: side }),
          }),
        ],
      }),
    getOwned: async () => ({
      ...owned,
      entities: entities.map(entity => ({
        ...entity,
        workloads: entity.workloads.map(workload => ({
          ...workload,
          enabled: false,
          spanReporting: 'no-tracer' as const,
        })),
      })),
    }),
  });
}

describe('a workload whose proxies have no tracer', () => {
  it('is shown as not traced, without a percentage, on the page of owned entities', async () => {
    renderTestApp({
      features: [meshTracingPlugin],
      apis: [[meshTracingApiRef, api()]],
      initialRouteEntries: ['/mesh-tracing?show=not-traced'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    });

    const row = await screen.findByRole('row', { name: /Checkout/ });
    expect(row).toHaveTextContent('Not traced');
    expect(row).toHaveTextContent('the proxies have no tracer');
    expect(row).not.toHaveTextContent('%');
  });

  it('is shown as not traced in the ladder', async () => {
    renderSampling(api());

    expect(
      await screen.findByText('Not traced: the proxies have no tracer'),
    ).toBeInTheDocument();
    expect(screen.getByText('not traced: no tracer')).toBeInTheDocument();
  });
});
