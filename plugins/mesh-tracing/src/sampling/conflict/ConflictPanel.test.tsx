import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ErrorDetails,
  OverrideView,
} from 'backstage-plugin-mesh-tracing-common';
import {
  type FakeApi,
  overrideView,
  overrideYaml,
  preview,
  previewResponse,
  renderSamplingForm,
  responseError,
  samplingApi,
} from '../../testing';

const SEEN = overrideView({
  samplingPercent: 50,
  customTags: { team: { literal: { value: 'payments' } } },
  reason: '',
});
const COLLEAGUES: OverrideView = {
  ...SEEN,
  samplingPercent: 70,
  customTags: {
    ...SEEN.customTags,
    order: { header: { name: 'x-order' } },
  },
  changedBy: 'user:default/max',
};

/** The tab with an override in force, whose next application is refused. */
async function refusing(
  message: string,
  details: ErrorDetails,
): Promise<FakeApi> {
  const api = samplingApi(
    { item: { override: SEEN } },
    {
      previewOverride: async () =>
        previewResponse({ currentYaml: overrideYaml(SEEN) }),
    },
  );
  api.applyOverride.mockRejectedValueOnce(
    await responseError(409, message, details),
  );
  return api;
}

function apply() {
  return userEvent.click(screen.getByRole('button', { name: 'Apply' }));
}

function findConflict() {
  return screen.findByRole('region', {
    name: 'The override changed in the meantime',
  });
}

describe('a change that a colleague came before', () => {
  const conflict = () =>
    refusing('The override changed since the preview', {
      system: 'cluster',
      conflict: {
        baseYaml: overrideYaml(SEEN),
        currentYaml: overrideYaml(COLLEAGUES),
        changedBy: 'user:default/max',
      },
    });

  it('is shown in three versions, with what it would undo', async () => {
    renderSamplingForm(await conflict());
    await preview();
    await apply();

    const panel = await findConflict();
    expect(
      within(panel).getByRole('row', { name: 'Sampling 50 % 70 % 80 %' }),
    ).toBeInTheDocument();
    expect(panel).toHaveTextContent('Your change would undo: Sampling.');
    expect(panel).toHaveTextContent('added: + - randomSamplingPercentage: 70');
    expect(panel.parentElement).toHaveFocus();
  });

  it('keeps the tags of the colleague where the user left tags alone', async () => {
    const api = await conflict();
    renderSamplingForm(api);
    await preview();
    await apply();
    await findConflict();
    api.previewOverride.mockResolvedValue(
      previewResponse({ currentYaml: overrideYaml(COLLEAGUES) }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Preview again' }),
    );

    await screen.findByRole('region', { name: 'What would change' });
    expect(api.previewOverride.mock.lastCall?.[1]).toMatchObject({
      samplingPercent: 80,
      customTags: COLLEAGUES.customTags,
      reason: 'Slow checkout',
    });
  });

  /** The conflict that is found at the preview of an otherwise valid form. */
  async function foundAtPreview() {
    const api = await conflict();
    api.previewOverride.mockResolvedValue(
      previewResponse({ currentYaml: overrideYaml(COLLEAGUES) }),
    );
    renderSamplingForm(api);
    const form = await screen.findByRole('form');
    await userEvent.type(within(form).getByLabelText(/^Reason/), 'Slow');
    const submit = within(form).getByRole('button', { name: 'Preview' });
    await userEvent.click(submit);
    return { api, form, submit, panel: await findConflict() };
  }

  it('is told of as soon as it is previewed', async () => {
    const { api, panel } = await foundAtPreview();
    expect(panel).toHaveTextContent('Changed by max.');
    expect(panel).toHaveTextContent('Your change would undo nothing of it.');
    expect(api.applyOverride).not.toHaveBeenCalled();
  });

  it('is previewed on top of the colleague’s by the form’s own button too', async () => {
    const { api, submit } = await foundAtPreview();
    await userEvent.click(submit);

    await screen.findByRole('region', { name: 'What would change' });
    expect(api.previewOverride.mock.lastCall?.[1]).toMatchObject({
      samplingPercent: 70,
      customTags: COLLEAGUES.customTags,
    });
  });

  it('leaves out what is wanted while the form is incomplete, and says what it lacks', async () => {
    const { api, form, panel } = await foundAtPreview();
    await userEvent.click(
      within(form).getByRole('radio', { name: 'At a time' }),
    );
    expect(
      within(panel).getByRole('row', { name: 'Sampling 50 % 70 %' }),
    ).toBeInTheDocument();
    await userEvent.click(
      within(panel).getByRole('button', { name: 'Preview again' }),
    );

    expect(
      await within(form).findByText('End: choose a date and time.'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/in the meantime/)).toBeNull();
    expect(api.previewOverride).toHaveBeenCalledTimes(1);
  });
});

describe('a preview that no longer holds', () => {
  it('is made anew when it is too old', async () => {
    const api = await refusing('The preview is older than ten minutes', {
      system: 'portal',
      field: 'token',
    });
    renderSamplingForm(api);
    await preview();
    await apply();

    expect(
      await screen.findByText('The preview was too old; this is a new one'),
    ).toBeInTheDocument();
    expect(
      screen.queryByText('The override changed in the meantime'),
    ).toBeNull();
    expect(api.previewOverride).toHaveBeenCalledTimes(2);
    await apply();
    expect(await screen.findByText('Live')).toBeInTheDocument();
    const [first, second] = api.applyOverride.mock.calls;
    expect(second?.[1].requestId).not.toBe(first?.[1].requestId);
  });

  it('is made anew when the mesh changed and the override did not', async () => {
    const yaml = overrideYaml(SEEN);
    const api = await refusing('The mesh changed since the preview', {
      system: 'cluster',
      conflict: { baseYaml: yaml, currentYaml: yaml },
    });
    renderSamplingForm(api);
    await preview();
    await apply();

    expect(
      await screen.findByText(/^What it would do has changed/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/^The mesh changed since the preview/),
    ).toBeInTheDocument();
    expect(
      screen.queryByText('The override changed in the meantime'),
    ).toBeNull();
    await waitFor(() => expect(api.previewOverride).toHaveBeenCalledTimes(2));
  });

  it('needs consent anew where the mesh changed', async () => {
    const yaml = overrideYaml(SEEN);
    const api = await refusing('The mesh changed since the preview', {
      system: 'cluster',
      conflict: { baseYaml: yaml, currentYaml: yaml },
    });
    const [own] = previewResponse().changes;
    api.previewOverride.mockResolvedValue(
      previewResponse({
        currentYaml: yaml,
        changes: [own!, { ...own!, intended: false }],
      }),
    );
    renderSamplingForm(api);
    await preview();
    const consent = () =>
      screen.findByRole('button', { name: 'Change them too' });
    await userEvent.click(await consent());
    await waitFor(() =>
      expect(api.previewOverride.mock.lastCall?.[1]).toHaveProperty(
        'acceptOtherWorkloads',
      ),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Apply' }));

    expect(await consent()).toBeInTheDocument();
    expect(api.previewOverride.mock.lastCall?.[1]).not.toHaveProperty(
      'acceptOtherWorkloads',
    );
  });
});
