import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  fakeApi,
  fillForm,
  preview,
  previewResponse,
  renderTab,
  responseError,
  tracingResponse,
} from '../__testUtils__';

const CHANGING = '?view=sampling&auto=off&change=true';

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

describe('fields besides sampling and tags', () => {
  const choose = async (field: string, value: string) =>
    userEvent.click(
      within(await screen.findByRole('radiogroup', { name: field })).getByRole(
        'radio',
        { name: value },
      ),
    );

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
