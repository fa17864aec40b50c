import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ErrorDetails,
  OverrideView,
} from 'backstage-plugin-mesh-tracing-common';
import {
  fakeApi,
  overrideView,
  overrideYaml,
  preview,
  previewResponse,
  renderTab,
  responseError,
  tracingResponse,
  workloadTracing,
  type FakeApi,
} from '../__testUtils__';

const CHANGING = '?view=sampling&auto=off&change=true';

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
  const api = fakeApi({
    getTracing: async () =>
      tracingResponse({ workloads: [workloadTracing({ override: SEEN })] }),
    previewOverride: async () =>
      previewResponse({ currentYaml: overrideYaml(SEEN) }),
  });
  api.applyOverride.mockRejectedValueOnce(
    await responseError(409, message, details),
  );
  return api;
}

function apply() {
  return userEvent.click(screen.getByRole('button', { name: 'Apply' }));
}

function findConflict() {
  return screen.findByRole('region', { name: 'It changed in between' });
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
    renderTab({ api: await conflict(), search: CHANGING });
    await preview();
    await apply();

    const panel = await findConflict();
    expect(
      within(panel).getByRole('row', { name: 'Sampling 50 % 70 % 80 %' }),
    ).toBeInTheDocument();
    expect(panel).toHaveTextContent(
      'Yours would undo what was changed: Sampling.',
    );
    expect(panel).toHaveTextContent('added: + - randomSamplingPercentage: 70');
    expect(panel.parentElement).toHaveFocus();
  });

  it('keeps the tags of the colleague where the user left tags alone', async () => {
    const api = await conflict();
    renderTab({ api, search: CHANGING });
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

  it('is told of as soon as it is previewed', async () => {
    const api = await conflict();
    api.previewOverride.mockResolvedValue(
      previewResponse({ currentYaml: overrideYaml(COLLEAGUES) }),
    );
    renderTab({ api, search: CHANGING });
    const form = await screen.findByRole('form');
    await userEvent.type(within(form).getByLabelText(/^Reason/), 'Slow');
    await userEvent.click(
      within(form).getByRole('button', { name: 'Preview' }),
    );

    const panel = await findConflict();
    expect(panel).toHaveTextContent('Changed by user:default/max.');
    expect(panel).toHaveTextContent(
      'Yours would undo nothing of what was changed.',
    );
    expect(api.applyOverride).not.toHaveBeenCalled();
  });
});

describe('a preview that no longer holds', () => {
  it('is made anew when it is too old', async () => {
    const api = await refusing('The preview is older than ten minutes', {
      system: 'portal',
      field: 'token',
    });
    renderTab({ api, search: CHANGING });
    await preview();
    await apply();

    expect(
      await screen.findByText('The preview was too old; here it is anew'),
    ).toBeInTheDocument();
    expect(screen.queryByText('It changed in between')).toBeNull();
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
    renderTab({ api, search: CHANGING });
    await preview();
    await apply();

    expect(
      await screen.findByText(/^What it would do has changed/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/^The mesh changed since the preview/),
    ).toBeInTheDocument();
    expect(screen.queryByText('It changed in between')).toBeNull();
    await waitFor(() => expect(api.previewOverride).toHaveBeenCalledTimes(2));
  });
});
