import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  OverrideView,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import {
  confirmRevert,
  fakeApi,
  overrideView,
  preview,
  previewResponse,
  renderTab,
  tracingResponse,
  workloadTracing,
} from '../testing';

const SEARCH = '?view=sampling&auto=off';
const CHANGING = `${SEARCH}&change=true`;

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

describe('a workload without a proxy', () => {
  it.each([
    [{ ambient: true as const }, 'in the ambient mesh, without a sidecar'],
    [{}, 'This workload is not in the mesh'],
  ])('with %j is %s', async (patch, title) => {
    const item = workloadTracing();
    renderTab({
      search: SEARCH,
      api: fakeApi({
        getTracing: async () =>
          tracingResponse({
            workloads: [
              {
                ...item,
                workload: { ...item.workload, proxy: 'none', ...patch },
                effective: {
                  path: 'none',
                  chain: [],
                  findings: [],
                  ignored: item.effective.ignored,
                },
              },
            ],
          }),
      }),
    });

    expect(await screen.findByText(new RegExp(title))).toBeInTheDocument();
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

  it('names what it sets besides sampling', async () => {
    const override = overrideView({
      samplingPercent: null,
      setsCustomTags: true,
      disableSpanReporting: true,
    });
    const api = fakeApi({
      getTracing: async () =>
        tracingResponse({ workloads: [workloadTracing({ override })] }),
    });
    renderTab({ api, search: SEARCH });

    const card = await screen.findByRole('region', {
      name: 'Override in force',
    });
    expect(card).toHaveTextContent(
      'Override in force: Custom tags, Span reporting',
    );
    expect(card).toHaveTextContent('Custom tags: none');
    expect(card).toHaveTextContent('Span reporting: off');
  });

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
    ).toEqual([
      'Applied.',
      'Live in the mesh.',
      'Accepted by 2 of 2 proxies of this workload.',
    ]);
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
    await confirmRevert();

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
    await confirmRevert();

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
});

describe('a change that belongs into a repository', () => {
  it('gives the YAML, and the pull request where the site has a template', async () => {
    const api = fakeApi({
      previewOverride: async () => ({
        ...previewResponse(),
        token: undefined,
        gitOps: {
          source: 'object',
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
    expect(part).toHaveTextContent('Marks on the object show');
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
