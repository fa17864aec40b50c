import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ConflictDetails,
  OverrideView,
} from 'backstage-plugin-mesh-tracing-common';
import {
  confirmRevert,
  fakeApi,
  overrideView,
  renderSampling,
  responseError,
  samplingApi,
  samplingResponse,
  overrideYaml,
} from '../../testing';

const SEEN = overrideView();

/** Reverts an override that someone has changed meanwhile. */
async function revertTooLate(conflict: ConflictDetails) {
  const api = samplingApi({ item: { override: SEEN } });
  api.revertOverride.mockRejectedValueOnce(
    await responseError(409, 'The override changed since you saw it', {
      system: 'cluster',
      conflict,
    }),
  );
  renderSampling(api);
  await userEvent.click(
    await screen.findByRole('button', { name: 'Revert now' }),
  );
  await confirmRevert();
  const panel = await screen.findByRole('region', {
    name: 'The override changed in the meantime',
  });
  return { api, panel };
}

describe('a revert that comes too late', () => {
  it('shows what is there now beside what was seen', async () => {
    const { panel } = await revertTooLate({
      currentYaml: overrideYaml({ ...SEEN, samplingPercent: 5 }),
      changedBy: 'user:default/max',
    });
    expect(
      within(panel).getByRole('row', {
        name: 'Sampling 100 % 5 % no override',
      }),
    ).toBeInTheDocument();
    expect(panel).toHaveTextContent('Your change would undo: Sampling.');
  });

  it('leads to the override as it is now', async () => {
    const { api, panel } = await revertTooLate({});
    expect(panel).toHaveTextContent('Your change would undo nothing');
    await userEvent.click(
      within(panel).getByRole('button', { name: 'Show it as it is now' }),
    );
    expect(api.getTracing).toHaveBeenCalledTimes(2);
  });
});

describe('a revert that is being confirmed', () => {
  it('is of the override as it was when it was asked for', async () => {
    const later = { ...SEEN, resourceVersion: '42', samplingPercent: 5 };
    const api = samplingApi({ item: { override: later } });
    // Not live yet, so it is looked for again soon.
    api.getTracing.mockResolvedValueOnce(
      samplingResponse({ override: { ...SEEN, live: false } }),
    );
    renderSampling(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Revert now' }),
    );
    await screen.findByText(/: 5 %/, undefined, { timeout: 5_000 });
    await confirmRevert();

    expect(api.revertOverride.mock.lastCall?.[1]).toMatchObject({
      resourceVersion: SEEN.resourceVersion,
    });
  });

  it('leaves the focus at the heading once the override is gone', async () => {
    let override: OverrideView | null = SEEN;
    const api = fakeApi({
      getTracing: async () => samplingResponse({ override }),
      revertOverride: async () => {
        override = null;
        return { reverted: true };
      },
    });
    renderSampling(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Revert now' }),
    );
    await confirmRevert();

    await waitFor(() =>
      expect(screen.getByRole('heading', { name: 'Override' })).toHaveFocus(),
    );
  });
});
