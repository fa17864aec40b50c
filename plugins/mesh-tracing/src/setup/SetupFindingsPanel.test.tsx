import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { SetupFindingsResponse } from 'backstage-plugin-mesh-tracing-common';
import { TracingWindowProvider } from '../shared/address/TracingWindow';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import {
  fakeApi,
  responseError,
  setupFinding,
  setupFindingsResponse,
} from '../testing';
import { SetupFindingsPanel } from './SetupFindingsPanel';

const entityRef = { kind: 'Component', namespace: 'default', name: 'checkout' };

async function show(
  answer: () => Promise<SetupFindingsResponse> = async () =>
    setupFindingsResponse(),
) {
  const api = fakeApi({ getSetupFindings: answer });
  await renderInTestApp(
    <TracingWindowProvider>
      <SetupFindingsPanel entityRef={entityRef} />
    </TracingWindowProvider>,
    { apis: [[meshTracingApiRef, api]] },
  );
  return {
    api,
    panel: await screen.findByRole('region', { name: 'Production set-up' }),
  };
}

describe('findings about the set-up', () => {
  it('come with evidence and each way to mend them', async () => {
    const { panel } = await show();

    expect(
      await within(panel).findByText(/has sampled all requests for 3 days/),
    ).toBeInTheDocument();
    expect(panel).toHaveTextContent('Cluster demo: shop/all');
    expect(panel).toHaveTextContent(/For\s*3 d/);
    expect(panel).toHaveTextContent(/Spans\s*240\/s/);
    expect(panel).toHaveTextContent('1,234 spans of 240 traces');
    await userEvent.click(within(panel).getByText('Lower it to 1 %'));
    expect(
      await within(panel).findByText('kubectl -n shop patch telemetries all'),
    ).toBeInTheDocument();
    expect(
      within(panel).getByRole('link', { name: 'Set an override with an end' }),
    ).toHaveAttribute('href', expect.stringContaining('view=sampling'));
  });

  it('say so where there are none', async () => {
    const { panel } = await show(async () =>
      setupFindingsResponse({ findings: [] }),
    );

    expect(
      await within(panel).findByText('Nothing to mend was found'),
    ).toBeInTheDocument();
  });

  it('do not pass for none where a part was not looked at', async () => {
    const { panel } = await show(async () =>
      setupFindingsResponse({
        findings: [],
        errorObjectivePercent: null,
        inspected: { traceCount: 0, spanCount: 0 },
        parts: [
          { part: 'configuration', state: 'checked' },
          { part: 'requests', state: 'nothing-there' },
          { part: 'traces', state: 'unavailable', problem: 'It is away.' },
          { part: 'spans', state: 'not-allowed' },
        ],
      }),
    );

    expect(
      await within(panel).findByText(/^Nothing was found in what could be/),
    ).toBeInTheDocument();
    expect(panel).toHaveTextContent('Traces: could not be read. It is away.');
    expect(panel).toHaveTextContent('Tags of spans: you may not read these.');
    expect(panel).toHaveTextContent(/Metrics of all requests: none are config/);
    expect(panel).toHaveTextContent('meshtracing.io/error-objective');
  });

  it('are looked for again when asked', async () => {
    let what = 'It is so.';
    const { api, panel } = await show(async () =>
      setupFindingsResponse({ findings: [setupFinding({ what })] }),
    );
    await within(panel).findByText(/It is so/);
    const asked = api.getSetupFindings.mock.calls.length;
    what = 'It is otherwise.';
    await userEvent.click(
      within(panel).getByRole('button', { name: 'Check the set-up again' }),
    );

    expect(
      await within(panel).findByText(/It is otherwise/),
    ).toBeInTheDocument();
    expect(api.getSetupFindings).toHaveBeenCalledTimes(asked + 1);
  });

  it('are replaced by the error that kept them away', async () => {
    const { panel } = await show(async () => {
      throw await responseError(403, 'You may not do this');
    });

    expect(
      await within(panel).findByText('You may not do this'),
    ).toBeInTheDocument();
  });
});
