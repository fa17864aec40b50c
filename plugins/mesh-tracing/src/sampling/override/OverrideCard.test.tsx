import userEvent from '@testing-library/user-event';
import type {
  WorkloadTracing,
  OverrideView,
} from 'backstage-plugin-mesh-tracing-common';
import { screen, within } from '@testing-library/react';
import {
  confirmRevert,
  fakeApi,
  overrideView,
  preview,
  renderSampling,
  renderSamplingForm,
  samplingApi,
  samplingResponse,
} from '../../testing';

describe('the override in force', () => {
  function withOverride() {
    return samplingApi({ item: { override: overrideView() } });
  }

  function withAcceptance(acceptance: WorkloadTracing['acceptance']) {
    return samplingApi({ item: { override: overrideView(), acceptance } });
  }

  it('names what it sets besides sampling', async () => {
    const override = overrideView({
      samplingPercent: null,
      setsCustomTags: true,
      disableSpanReporting: true,
    });
    const api = samplingApi({ item: { override } });
    renderSampling(api);

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
    renderSampling(api);

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
    renderSampling(api);

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
    const { api } = renderSampling(withOverride());

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

  it('is no longer told to be applied once it is reverted', async () => {
    let override: OverrideView | undefined;
    const api = fakeApi({
      getTracing: async () => samplingResponse({ override }),
      applyOverride: async () => {
        override = overrideView();
        return { override, warnings: [] };
      },
      revertOverride: async () => {
        override = undefined;
        return { reverted: true };
      },
    });
    renderSamplingForm(api);
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
        return samplingResponse({ override: looks > 2 ? override : undefined });
      },
      applyOverride: async () => {
        override = overrideView();
        return { override: { ...override, live: false }, warnings: [] };
      },
    });
    renderSamplingForm(api);
    const panel = await preview();
    await userEvent.click(within(panel).getByRole('button', { name: 'Apply' }));

    expect(await screen.findByText(/^Applied; waiting/)).toBeInTheDocument();
    expect(
      await screen.findByText('Live', undefined, { timeout: 8_000 }),
    ).toBeInTheDocument();
  });
});

describe('an override that another tool manages meanwhile', () => {
  it('does not count down, and says who must remove it', async () => {
    const override = overrideView({ managedBy: 'argocd' });
    renderSampling(samplingApi({ item: { override } }));

    const card = await screen.findByRole('region', {
      name: 'Override in force',
    });
    expect(card).toHaveTextContent('does not end by itself');
    expect(card).not.toHaveTextContent('ends in');
    expect(card).not.toHaveTextContent('Until');
    expect(within(card).queryByRole('button')).toBeNull();
    expect(card).toHaveTextContent(
      'Managed by Argo CD now. The portal neither changes nor removes it, also not at its end; remove it where Argo CD gets it from.',
    );
  });
});
