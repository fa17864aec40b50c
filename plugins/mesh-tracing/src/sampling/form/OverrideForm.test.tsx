import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  fakeApi,
  fillForm,
  preview,
  previewResponse,
  renderSamplingForm,
  responseError,
  samplingApi,
} from '../../testing';

describe('the override form', () => {
  it('names each field that is wrong, and asks nothing', async () => {
    const { api } = renderSamplingForm();
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
    const { api } = renderSamplingForm();

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
    const { api } = renderSamplingForm();
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
    renderSamplingForm(api);

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
    renderSamplingForm(api);

    const panel = await preview();
    await userEvent.click(within(panel).getByRole('button', { name: 'Apply' }));

    const conflict = await screen.findByRole('region', {
      name: 'The override changed in the meantime',
    });
    expect(conflict).toHaveTextContent('Changed by max.');
    expect(conflict).toHaveTextContent('added: + percent: 70');
    expect(
      screen.getByRole('textbox', { name: 'Percentage of requests' }),
    ).toHaveValue('80');
  });

  it('can not be changed while it is being applied', async () => {
    const api = fakeApi({ applyOverride: () => new Promise(() => {}) });
    renderSamplingForm(api);

    const panel = await preview();
    await userEvent.click(within(panel).getByRole('button', { name: 'Apply' }));

    expect(
      screen.getByRole('button', { name: 'Back to the form' }),
    ).toBeDisabled();
    expect(
      screen.getByRole('textbox', { name: 'Percentage of requests' }),
    ).toBeDisabled();
  });

  it('announces a refusal as one of the change', async () => {
    const api = fakeApi();
    api.applyOverride.mockRejectedValueOnce(
      await responseError(403, 'You do not own it any more'),
    );
    renderSamplingForm(api);

    const panel = await preview();
    await userEvent.click(within(panel).getByRole('button', { name: 'Apply' }));

    const alert = await screen.findByText('This was refused');
    expect(alert.closest('[role="alert"]')).toHaveTextContent(
      'You do not own it any more',
    );
  });

  it('says so where what was previewed would change nothing', async () => {
    const api = fakeApi({
      previewOverride: async () =>
        previewResponse({ token: undefined, action: 'none', changes: [] }),
    });
    renderSamplingForm(api);

    expect(await preview()).toHaveTextContent('Nothing would change.');
  });

  it('keeps its input when a refresh fails', async () => {
    const api = fakeApi();
    renderSamplingForm(api);
    await fillForm();
    api.getTracing.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await userEvent.click(screen.getByRole('button', { name: 'Refresh now' }));

    expect(
      await screen.findByText('The portal could not be reached'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('textbox', { name: 'Percentage of requests' }),
    ).toHaveValue('80');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() =>
      expect(screen.queryByText('The portal could not be reached')).toBeNull(),
    );
    expect(screen.getByLabelText(/^Reason/)).toHaveValue('Slow checkout');
  });

  it('gives way to an explanation for those who may not change anything', async () => {
    const api = samplingApi({
      ability: {
        allowed: false,
        reason: 'You do not own component:default/checkout.',
      },
    });
    renderSamplingForm(api);

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

describe('fields besides sampling and tags', () => {
  const choose = async (field: string, value: string) =>
    userEvent.click(
      within(await screen.findByRole('radiogroup', { name: field })).getByRole(
        'radio',
        { name: value },
      ),
    );

  it('are offered where the site allows, and sent', async () => {
    const api = samplingApi({
      ability: {
        fields: {
          provider: false,
          disableSpanReporting: true,
          disableContextPropagation: true,
        },
      },
    });
    renderSamplingForm(api);
    await choose('Span reporting', 'off');
    await choose('Context propagation', 'off');
    expect(screen.queryByLabelText('Provider')).toBeNull();
    await preview();
    expect(api.previewOverride.mock.lastCall?.[1]).toMatchObject({
      disableSpanReporting: true,
      disableContextPropagation: true,
    });
  });
});
