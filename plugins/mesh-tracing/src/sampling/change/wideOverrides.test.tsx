import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  confirmRevert,
  overrideView,
  preview,
  previewResponse,
  renderSampling,
  renderSamplingForm,
  samplingApi,
} from '../../testing';

describe('changes of a whole namespace', () => {
  const reach = {
    workloads: 23,
    changed: 14,
    namespaces: ['shop'],
    owners: ['group:default/a', 'group:default/b'],
    unowned: 1,
  };
  function withScopes() {
    const wide = overrideView({
      scope: 'namespace',
      uid: 'wide',
      namespace: 'shop',
    });
    return samplingApi(
      {
        item: { wideOverrides: [wide] },
        ability: {
          scopes: [
            { scope: 'workload', allowed: true },
            { scope: 'namespace', allowed: true },
            { scope: 'mesh', allowed: false, reason: 'No.' },
          ],
        },
      },
      { previewOverride: async () => previewResponse({ reach }) },
    );
  }

  it('are confirmed by typing its name, after what they reach is shown', async () => {
    const { api } = renderSamplingForm(withScopes());
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

  it('are reverted for the whole namespace', async () => {
    const { api } = renderSampling(withScopes());
    const card = await screen.findByRole('region', {
      name: 'Override in force for the whole namespace shop',
    });
    await userEvent.click(
      within(card).getByRole('button', { name: 'Revert now' }),
    );
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      'Revert the override of the whole namespace shop?',
    );
    await confirmRevert();
    expect(api.revertOverride.mock.lastCall?.[1]).toMatchObject({
      scope: 'namespace',
      uid: 'wide',
    });
  });
});
