import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeApi, renderTab, responseError } from '../../testing';
import {
  conditionalResponse,
  forcingResponse,
} from '../../testing/forcingFixtures';
import type { MeshTracingApi } from '../../shared/api/MeshTracingApi';

const TITLE = 'Always trace marked requests';

function show(patch: Partial<MeshTracingApi> = {}) {
  const api = fakeApi({
    getForcing: async () => forcingResponse({ conditional: { allowed: true } }),
    ...patch,
  });
  renderTab({ api, search: '?auto=off&view=sampling' });
  return api;
}

const panel = () => screen.findByRole('region', { name: TITLE });

async function generate() {
  await userEvent.click(
    within(await panel()).getByRole('button', { name: 'Generate' }),
  );
}

describe('the panel for marked requests', () => {
  it('is not shown to who may not change the mesh', async () => {
    const api = show({ getForcing: async () => forcingResponse() });
    await screen.findByRole('region', { name: 'History' });

    expect(api.getForcing).toHaveBeenCalled();
    expect(
      screen.queryByRole('region', { name: TITLE }),
    ).not.toBeInTheDocument();
  });

  it('says that a Lua filter comes too late', async () => {
    show();
    expect(await panel()).toHaveTextContent(
      'the decision on sampling falls before HTTP filters run',
    );
  });

  it('generates for the place and the mark that its user gives', async () => {
    const api = show();
    const form = within(await panel());
    await userEvent.clear(form.getByRole('textbox', { name: 'Header' }));
    await userEvent.type(
      form.getByRole('textbox', { name: 'Header' }),
      'X-User',
    );
    await userEvent.type(
      form.getByRole('textbox', { name: 'Value' }),
      'olivia',
    );
    await generate();

    expect(await form.findByText(/kind: EnvoyFilter/)).toBeInTheDocument();
    expect(api.planConditionalTracing.mock.calls[0]?.[1]).toEqual({
      workload: expect.objectContaining({ name: 'edge' }),
      header: 'x-user',
      value: 'olivia',
    });
  });

  it('shows what it reaches and its risks with the YAML', async () => {
    show();
    await generate();
    const shown = await panel();

    expect(
      await within(shown).findByText(
        'Changes the proxies of istio-ingress/edge.',
      ),
    ).toBeInTheDocument();
    expect(shown).toHaveTextContent('nothing proves who sends it');
    expect(
      within(shown).getByRole('button', { name: 'Copy YAML' }),
    ).toBeInTheDocument();
  });

  it('says where there is no such configuration', async () => {
    show({
      planConditionalTracing: async () =>
        conditionalResponse({
          yaml: undefined,
          refusal: 'waypoint',
          reaches: [],
          risks: [],
        }),
    });
    await generate();

    expect(
      await screen.findByText('No form is proven to work at a waypoint.'),
    ).toBeInTheDocument();
  });

  it('says what is wrong with a mark', async () => {
    show({
      planConditionalTracing: async () => {
        throw await responseError(400, 'The header carries credentials');
      },
    });
    await generate();

    expect(
      await screen.findByText('The header carries credentials'),
    ).toBeInTheDocument();
  });
});
