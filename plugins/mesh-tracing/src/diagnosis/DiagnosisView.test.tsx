import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { DiagnosisRung } from 'backstage-plugin-mesh-tracing-common';
import {
  diagnosisResponse,
  diagnosisRung,
  fakeApi,
  renderTab,
  responseError,
  tracesResponse,
} from '../testing';

const broken = diagnosisRung({
  id: 'provider',
  verdict: 'broken',
  code: 'provider-unknown',
  cause: 'The mesh has no provider jaegr.',
  mends: [
    { kind: 'command', what: 'Name jaeger.', command: 'kubectl patch it' },
    { kind: 'yaml', what: 'Or apply this.', yaml: 'kind: Telemetry' },
    {
      kind: 'action',
      what: 'Set another percentage.',
      action: 'change-sampling',
    },
  ],
  envoyFilters: ['shop/lua'],
  docs: 'diagnosis#provider',
});
const unknown = diagnosisRung({
  id: 'traffic',
  verdict: 'unknown',
  cause: 'No metrics are configured.',
  needs: 'The setting prometheus of the trace store.',
});
const WORKLOAD = {
  cluster: 'demo',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'checkout',
};

function ladder(rungs: DiagnosisRung[], firstRung?: DiagnosisRung['id']) {
  return diagnosisResponse({
    workloads: [
      {
        workload: WORKLOAD,
        verdict: firstRung ? 'broken' : 'unknown',
        firstRung,
        rungs,
      },
    ],
  });
}

const withRungs = (rungs: DiagnosisRung[], first?: DiagnosisRung['id']) =>
  fakeApi({ getDiagnosis: async () => ladder(rungs, first) });

const VIEW = '?auto=off&view=diagnosis';
const rungNamed = async (name: string) =>
  (await screen.findByText(name)).closest('li') as HTMLElement;

describe('the view of the diagnosis', () => {
  it('shows the rungs in their order, and opens the one that fails first', async () => {
    renderTab({
      api: withRungs([diagnosisRung(), broken, unknown], 'provider'),
      search: VIEW,
    });

    const list = await screen.findByRole('list', {
      name: 'What checkout needs to be traced',
    });
    expect(
      [...list.children].map(
        item => item.querySelector('summary')?.textContent,
      ),
    ).toEqual([
      'The trace store answersGoodTrace store main answers.',
      'A provider takes the spansBrokenThe mesh has no provider jaegr.',
      'Requests arriveCan’t tellNo metrics are configured.',
    ]);
    expect(
      screen.getByText('What fails first: “A provider takes the spans”.'),
    ).toBeInTheDocument();
    const open = [...list.querySelectorAll('details[open]')];
    expect(open).toHaveLength(1);
    expect(open[0]).toHaveTextContent('kubectl patch it');
  });

  it('gives mends to copy, evidence with its age, EnvoyFilters and the page of the docs', async () => {
    const atMs = Date.now() - 125_000;
    const seen = { source: 'Mesh config', seen: 'It has jaeger.', atMs };
    renderTab({
      api: withRungs([{ ...broken, evidence: [seen] }], 'provider'),
      search: VIEW,
    });

    const rung = within(await rungNamed('A provider takes the spans'));
    expect(rung.getByText('kubectl patch it').parentElement).toContainElement(
      rung.getByRole('button', { name: 'Copy command' }),
    );
    expect(rung.getByRole('button', { name: 'Copy YAML' })).toBeInTheDocument();
    expect(
      rung.getByRole('link', { name: 'Change the sampling' }),
    ).toHaveAttribute('href', '/?auto=off&view=sampling');
    expect(rung.getByText('2 minutes ago')).toHaveAttribute(
      'datetime',
      new Date(atMs).toISOString(),
    );
    expect(rung.getByText('shop/lua')).toBeInTheDocument();
    expect(rung.getByText(/docs\/diagnosis\.md#provider/)).toBeInTheDocument();
  });

  it('says what would tell what can not be told, by the keyboard too', async () => {
    renderTab({ api: withRungs([diagnosisRung(), unknown]), search: VIEW });

    expect(
      await screen.findByText(
        'Nothing wrong was found; 1 point can’t be told.',
      ),
    ).toBeInTheDocument();
    const rung = await rungNamed('Requests arrive');
    expect(rung).not.toHaveTextContent('The setting prometheus');
    await userEvent.click(within(rung).getByText('No metrics are configured.'));
    expect(rung).toHaveTextContent(
      'What would tellThe setting prometheus of the trace store.',
    );
  });

  it('looks again when asked, and not by itself', async () => {
    const api = withRungs([broken], 'provider');
    renderTab({ api, search: VIEW });
    await rungNamed('A provider takes the spans');
    expect(api.getDiagnosis).toHaveBeenCalledTimes(1);
    api.getDiagnosis.mockResolvedValue(ladder([diagnosisRung()]));

    const head = screen.getByRole('region', {
      name: 'Why are there no traces?',
    });
    await userEvent.click(
      within(head).getByRole('button', { name: 'Look again' }),
    );

    expect(
      await screen.findByText('Everything that was looked at is in order.'),
    ).toBeInTheDocument();
    expect(api.getDiagnosis).toHaveBeenCalledTimes(2);
  });

  it('says of an entity without workloads which annotation matched nothing', async () => {
    renderTab({
      api: fakeApi({
        getDiagnosis: async () =>
          diagnosisResponse({
            workloads: [],
            explanation: 'backstage.io/kubernetes-id=shop matches no pod.',
          }),
      }),
      search: VIEW,
    });

    expect(
      await screen.findByText('No workload to look at'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('backstage.io/kubernetes-id=shop matches no pod.'),
    ).toBeInTheDocument();
  });

  it('says so when it may not be seen, and offers another attempt when it failed', async () => {
    const api = fakeApi();
    api.getDiagnosis.mockRejectedValueOnce(
      await responseError(503, 'Too many reads'),
    );
    renderTab({ api, search: VIEW });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Try again' }),
    );
    expect(
      await screen.findByText('The trace store answers'),
    ).toBeInTheDocument();
  });
});

describe('a view without traces', () => {
  function showEmpty(api: ReturnType<typeof fakeApi>) {
    api.getTraces.mockResolvedValue(
      tracesResponse({ traces: [], services: [] }),
    );
    renderTab({ api, search: '?auto=off&view=traces' });
  }

  it('names the rung that fails first with its best mend, and leads to the whole ladder', async () => {
    showEmpty(withRungs([diagnosisRung(), broken], 'provider'));

    expect(
      await screen.findByText('Broken: “A provider takes the spans”.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The mesh has no provider jaegr.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy command' }),
    ).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('link', { name: 'See the whole diagnosis' }),
    );
    const head = await screen.findByRole('region', {
      name: 'Why are there no traces?',
    });
    expect(
      within(head).getByRole('button', { name: 'Look again' }),
    ).toBeInTheDocument();
  });

  it('does not blame anything where nothing wrong was found', async () => {
    showEmpty(withRungs([diagnosisRung()]));

    expect(
      await screen.findByText(/Nothing wrong was found in the mesh/),
    ).toBeInTheDocument();
  });

  it('keeps its advice where the diagnosis fails or is forbidden', async () => {
    const api = fakeApi();
    api.getDiagnosis.mockRejectedValueOnce(
      await responseError(500, 'Something broke'),
    );
    api.getDiagnosis.mockRejectedValueOnce(await responseError(403, 'No'));
    showEmpty(api);

    const retry = await screen.findByRole('button', { name: 'Try again' });
    expect(screen.getByText(/Something broke/)).toBeInTheDocument();
    await userEvent.click(retry);
    expect(
      await screen.findByText(/You may not see what the mesh is configured/),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByText('No trace in this window')).toBeInTheDocument(),
    );
  });
});
