import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import type { MeshSetupFindingsResponse } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { fakeApi, meshSetupFindingsResponse, responseError } from '../testing';
import { MeshSetupFindingsPanel } from './MeshSetupFindingsPanel';

const TITLE = 'Set-up of the mesh';

async function show(answer: () => Promise<MeshSetupFindingsResponse>) {
  await renderInTestApp(
    <>
      <MeshSetupFindingsPanel />
      <p>The rest of the page</p>
    </>,
    {
      apis: [[meshTracingApiRef, fakeApi({ getMeshSetupFindings: answer })]],
    },
  );
  await screen.findByText('The rest of the page');
}

describe('findings about the mesh as a whole', () => {
  it('come with what was looked at, and how many are not listed', async () => {
    await show(async () => meshSetupFindingsResponse({ moreCount: 12 }));
    const panel = await screen.findByRole('region', { name: TITLE });

    expect(panel).toHaveTextContent('From all 7 Telemetries');
    expect(
      await within(panel).findByText(/has sampled all requests for 3 days/),
    ).toBeInTheDocument();
    expect(panel).toHaveTextContent('And 12 more.');
  });

  it('say what was looked at where there are none', async () => {
    await show(async () => meshSetupFindingsResponse({ findings: [] }));

    expect(
      await screen.findByText('Nothing to mend was found'),
    ).toBeInTheDocument();
  });

  it('are said to be withheld from who may not see the mesh as a whole', async () => {
    await show(async () => {
      throw await responseError(403, 'Not for you');
    });

    expect(await screen.findByText(/Not for you/)).toBeInTheDocument();
  });

  it('that could not be read are said to be so', async () => {
    await show(async () => {
      throw await responseError(503, 'The cluster is away');
    });

    expect(await screen.findByText(/The cluster is away/)).toBeInTheDocument();
  });
});
