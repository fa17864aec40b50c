import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  OverrideView,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import {
  fakeApi,
  overrideView,
  previewResponse,
  renderTab,
  responseError,
  tracingResponse,
  workloadTracing,
} from '../__testUtils__';

const SEARCH = '?view=sampling&auto=off';
const CHANGING = `${SEARCH}&change=true`;

async function fillForm() {
  const form = await screen.findByRole('form', {
    name: 'Override for checkout',
  });
  const percent = within(form).getByRole('textbox', {
    name: 'Percentage of requests',
  });
  await userEvent.clear(percent);
  await userEvent.type(percent, '80');
  await userEvent.tab();
  await userEvent.type(within(form).getByLabelText(/^Reason/), 'Slow checkout');
  return form;
}

async function preview() {
  const form = await fillForm();
  await userEvent.click(within(form).getByRole('button', { name: 'Preview' }));
  return screen.findByRole('region', { name: 'What would change' });
}

describe('the provenance of sampling', () => {
  it('shows the ladder with what is replaced', async () => {
    renderTab({ search: SEARCH });

    const row = (await screen.findByRole('rowheader', { name: 'Sampling' }))
      .parentElement as HTMLElement;
    const cells = within(row)
      .getAllByRole('cell')
      .map(cell => cell.textContent);
    expect(cells).toEqual([
      '50 %',
      '50 %shop/checkout-tracing',
      'replaced: 10 %shop/shop-tracing',
      'replaced: 1 %istio-system/mesh-default-tracing',
      '',
      "replaced: 1 %Istio's default",
    ]);
  });

  it('shows the YAML of each Telemetry', async () => {
    renderTab({ search: SEARCH });

    const [link] = await screen.findAllByRole('button', {
      name: 'Show YAML of shop/shop-tracing',
    });
    await userEvent.click(link as HTMLElement);

    expect(await screen.findByRole('dialog')).toHaveTextContent(
      'randomSamplingPercentage: 10',
    );
  });

  it('tells which Telemetries do not apply, and why', async () => {
    renderTab({ search: SEARCH });

    await userEvent.click(
      await screen.findByText('1 Telemetry that does not apply here'),
    );

    expect(
      screen.getByText(/An older namespace-wide Telemetry exists/),
    ).toBeInTheDocument();
  });
});

describe('the override form', () => {
  it('names each field that is wrong, and asks nothing', async () => {
    const { api } = renderTab({ search: CHANGING });
    const form = await screen.findByRole('form', {
      name: 'Override for checkout',
    });

    await userEvent.click(
      within(form).getByRole('button', { name: 'Preview' }),
    );

    expect(
      within(form).getByText('Reason: it is required here.'),
    ).toBeInTheDocument();
    expect(api.previewOverride).not.toHaveBeenCalled();
  });

  it('previews before and after, then applies with the token', async () => {
    const { api } = renderTab({ search: CHANGING });

    const panel = await preview();
    const row = within(panel).getByRole('row', { name: /checkout Sampling/ });
    expect(row).toHaveTextContent('50 %');
    expect(row).toHaveTextContent('100 %');
    await userEvent.click(within(panel).getByRole('button', { name: 'Apply' }));

    expect(await screen.findByText('Live')).toBeInTheDocument();
    expect(api.applyOverride.mock.lastCall?.[1]).toMatchObject({
      token: 'token-1',
      requestId: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      override: { samplingPercent: 80, reason: 'Slow checkout' },
    });
  });

  it('starts custom tags from the inherited ones', async () => {
    const { api } = renderTab({ search: CHANGING });
    const form = await fillForm();

    await userEvent.click(
      within(form).getByRole('switch', { name: 'Set custom tags' }),
    );
    expect(within(form).getByLabelText('Tag')).toHaveValue('team');
    await userEvent.click(
      within(form).getByRole('button', { name: 'Preview' }),
    );

    await screen.findByRole('region', { name: 'What would change' });
    expect(api.previewOverride.mock.lastCall?.[1].customTags).toEqual({
      team: { literal: { value: 'payments' } },
    });
  });

  it('can not be applied when a rule says no', async () => {
    const api = fakeApi({
      previewOverride: async () =>
        previewResponse({
          token: undefined,
          verdicts: [
            { rule: 'max', allowed: false, message: 'At most 50 % here.' },
          ],
        }),
    });
    renderTab({ api, search: CHANGING });

    const panel = await preview();

    expect(panel).toHaveTextContent('Not allowed: At most 50 % here.');
    expect(within(panel).getByRole('button', { name: 'Apply' })).toBeDisabled();
  });

  it('keeps the input on a conflict and shows what changed', async () => {
    const api = fakeApi();
    api.applyOverride.mockRejectedValueOnce(
      await responseError(409, 'The override changed in between', {
        system: 'cluster',
        conflict: {
          baseYaml: 'percent: 50\n',
          currentYaml: 'percent: 70\n',
          changedBy: 'user:default/max',
        },
      }),
    );
    renderTab({ api, search: CHANGING });

    const panel = await preview();
    await userEvent.click(within(panel).getByRole('button', { name: 'Apply' }));

    const conflict = await screen.findByRole('region', {
      name: 'It changed in between',
    });
    expect(conflict).toHaveTextContent('Changed by user:default/max.');
    expect(conflict).toHaveTextContent('added: + percent: 70');
    expect(
      screen.getByRole('textbox', { name: 'Percentage of requests' }),
    ).toHaveValue('80');
  });

  it('gives way to an explanation for those who may not', async () => {
    const response = tracingResponse();
    const api = fakeApi({
      getTracing: async () => ({
        ...response,
        ability: {
          ...response.ability,
          allowed: false,
          reason: 'You do not own component:default/checkout.',
        },
      }),
    });
    renderTab({ api, search: CHANGING });

    expect(
      await screen.findByText('You do not own component:default/checkout.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('rowheader', { name: 'Sampling' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Preview' }),
    ).not.toBeInTheDocument();
  });
});

describe('the override in force', () => {
  function withOverride() {
    return fakeApi({
      getTracing: async () =>
        tracingResponse({
          workloads: [workloadTracing({ override: overrideView() })],
        }),
    });
  }

  function withAcceptance(acceptance: WorkloadTracing['acceptance']) {
    return fakeApi({
      getTracing: async () =>
        tracingResponse({
          workloads: [
            workloadTracing({ override: overrideView(), acceptance }),
          ],
        }),
    });
  }

  it('tells how far the change has come', async () => {
    const api = withAcceptance({
      state: 'accepted',
      proxies: 2,
      accepted: 2,
      behind: [],
    });
    renderTab({ api, search: SEARCH });

    const steps = await screen.findByRole('list', {
      name: 'How far the change has come',
    });
    expect(
      within(steps)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['Applied.', 'Live in the mesh.', 'Accepted by 2 of 2 proxies.']);
  });

  it('tells what proxies refuse, and why, beside the way back', async () => {
    const message = 'Incorrect configuration: %REQ(x';
    const api = withAcceptance({
      state: 'refused',
      proxies: 2,
      accepted: 1,
      behind: [{ pod: 'checkout-1', refused: true, message }],
    });
    renderTab({ api, search: SEARCH });

    const card = await screen.findByRole('region', {
      name: 'Override in force',
    });
    expect(card).toHaveTextContent(`checkout-1. ${message}`);
    expect(card).toHaveTextContent('Revert this override, or correct it');
    expect(
      within(card).getByRole('button', { name: 'Revert now' }),
    ).toBeEnabled();
  });

  it('is reverted after a question', async () => {
    const { api } = renderTab({ api: withOverride(), search: SEARCH });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Revert now' }),
    );
    expect(api.revertOverride).not.toHaveBeenCalled();
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Revert now',
      }),
    );

    expect(api.revertOverride.mock.lastCall?.[1]).toMatchObject({
      uid: 'uid-1',
      resourceVersion: '41',
    });
  });

  it('takes the news of its applying with it when it is reverted', async () => {
    let override: OverrideView | undefined;
    const api = fakeApi({
      getTracing: async () =>
        tracingResponse({ workloads: [workloadTracing({ override })] }),
      applyOverride: async () => {
        override = overrideView();
        return { override, warnings: [] };
      },
      revertOverride: async () => {
        override = undefined;
        return { reverted: true };
      },
    });
    renderTab({ api, search: CHANGING });
    const panel = await preview();
    await userEvent.click(within(panel).getByRole('button', { name: 'Apply' }));
    await screen.findByText('Live');

    await userEvent.click(
      await screen.findByRole('button', { name: 'Revert now' }),
    );
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Revert now',
      }),
    );

    expect(
      await screen.findByRole('button', { name: 'Change sampling or tags' }),
    ).toBeInTheDocument();
    expect(screen.queryByText('Live')).not.toBeInTheDocument();
    expect(screen.queryByText(/^Applied/)).not.toBeInTheDocument();
  });

  it('is looked for until the watch has seen it', async () => {
    let looks = 0;
    let override: OverrideView | undefined;
    const api = fakeApi({
      getTracing: async () => {
        looks += override ? 1 : 0;
        return tracingResponse({
          workloads: [
            workloadTracing({ override: looks > 2 ? override : undefined }),
          ],
        });
      },
      applyOverride: async () => {
        override = overrideView();
        return { override: { ...override, live: false }, warnings: [] };
      },
    });
    renderTab({ api, search: CHANGING });
    const panel = await preview();
    await userEvent.click(within(panel).getByRole('button', { name: 'Apply' }));

    expect(await screen.findByText(/^Applied; waiting/)).toBeInTheDocument();
    expect(
      await screen.findByText('Live', undefined, { timeout: 8_000 }),
    ).toBeInTheDocument();
  });

  it('is extended in one click, through the checks of a preview', async () => {
    const { api } = renderTab({ api: withOverride(), search: SEARCH });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Extend by 1 hour' }),
    );

    expect(await screen.findByText('Override extended')).toBeInTheDocument();
    const request = api.applyOverride.mock.lastCall?.[1].override;
    expect(request?.samplingPercent).toBe(100);
    expect(new Date(request?.expiresAt ?? 0).getTime()).toBeGreaterThan(
      Date.now() + 80 * 60_000,
    );
  });
});

describe('changes of a whole namespace', () => {
  const reach = {
    workloads: 23,
    changed: 14,
    namespaces: ['shop'],
    owners: ['group:default/a', 'group:default/b'],
    unowned: 1,
  };
  function withScopes() {
    const response = tracingResponse({
      workloads: [
        workloadTracing({
          wideOverrides: [
            overrideView({
              scope: 'namespace',
              uid: 'wide',
              namespace: 'shop',
            }),
          ],
        }),
      ],
    });
    return fakeApi({
      getTracing: async () => ({
        ...response,
        ability: {
          ...response.ability,
          scopes: [
            { scope: 'workload', allowed: true },
            { scope: 'namespace', allowed: true },
            { scope: 'mesh', allowed: false, reason: 'No.' },
          ],
        },
      }),
      previewOverride: async () => previewResponse({ reach }),
    });
  }

  it('are confirmed by typing its name, after what they reach is shown', async () => {
    const { api } = renderTab({ api: withScopes(), search: CHANGING });
    await userEvent.click(
      await screen.findByRole('radio', { name: 'Whole namespace shop' }),
    );
    expect(screen.queryByRole('radio', { name: /Whole mesh/ })).toBeNull();
    const panel = await preview();
    expect(panel).toHaveTextContent(
      'Changes 14 of 23 workloads of 2 owners in namespace shop',
    );
    const apply = within(panel).getByRole('button', { name: 'Apply' });
    expect(apply).toBeDisabled();
    await userEvent.type(
      within(panel).getByLabelText(/^Type the name of the namespace/),
      'shop',
    );
    await userEvent.click(apply);
    expect(api.applyOverride.mock.lastCall?.[1]).toMatchObject({
      confirmScope: 'shop',
      override: { scope: 'namespace' },
    });
  });

  it('are reverted as such', async () => {
    const { api } = renderTab({ api: withScopes(), search: SEARCH });
    const card = await screen.findByRole('region', {
      name: 'Override in force for the whole namespace shop',
    });
    await userEvent.click(
      within(card).getByRole('button', { name: 'Revert now' }),
    );
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Revert now',
      }),
    );
    expect(api.revertOverride.mock.lastCall?.[1]).toMatchObject({
      scope: 'namespace',
      uid: 'wide',
    });
  });
});

describe('fields besides sampling and tags', () => {
  it('are offered where the site allows, and sent', async () => {
    const response = tracingResponse();
    const api = fakeApi({
      getTracing: async () => ({
        ...response,
        ability: {
          ...response.ability,
          fields: {
            provider: false,
            disableSpanReporting: true,
            disableContextPropagation: true,
          },
        },
      }),
    });
    renderTab({ api, search: CHANGING });
    await userEvent.click(
      await screen.findByRole('switch', { name: 'Disable span reporting' }),
    );
    await userEvent.click(
      screen.getByRole('switch', { name: 'Disable context propagation' }),
    );
    expect(screen.queryByLabelText('Provider')).toBeNull();
    await preview();
    expect(api.previewOverride.mock.lastCall?.[1]).toMatchObject({
      disableSpanReporting: true,
      disableContextPropagation: true,
    });
  });
});

describe('a change that belongs into a repository', () => {
  it('gives the YAML, and the pull request where the site has a template', async () => {
    const api = fakeApi({
      previewOverride: async () => ({
        ...previewResponse(),
        token: undefined,
        gitOps: {
          tool: 'argocd',
          name: 'shop-app',
          yaml: 'kind: Telemetry\n',
          scaffolderUrl: '/create/templates/default/change?formData=%7B%7D',
        },
      }),
    });
    renderTab({ api, search: CHANGING });
    await preview();

    const part = screen.getByRole('region', {
      name: 'Make the change in the repository of Argo CD shop-app',
    });
    expect(part).toHaveTextContent('kind: Telemetry');
    expect(
      within(part).getByRole('button', { name: 'Copy as a kubectl command' }),
    ).toBeInTheDocument();
    expect(
      within(part).getByRole('link', { name: 'Open a pull request' }),
    ).toHaveAttribute(
      'href',
      '/create/templates/default/change?formData=%7B%7D',
    );
    expect(screen.getByRole('button', { name: 'Apply' })).toBeDisabled();
  });
});
