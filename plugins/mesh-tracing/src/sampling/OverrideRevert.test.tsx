import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ConflictDetails } from 'backstage-plugin-mesh-tracing-common';
import {
  confirmRevert,
  fakeApi,
  overrideView,
  overrideYaml,
  renderTab,
  responseError,
  tracingResponse,
  workloadTracing,
} from '../__testUtils__';

const SEEN = overrideView();

/** Reverts an override that someone has changed meanwhile. */
async function revertTooLate(conflict: ConflictDetails) {
  const api = fakeApi({
    getTracing: async () =>
      tracingResponse({ workloads: [workloadTracing({ override: SEEN })] }),
  });
  api.revertOverride.mockRejectedValueOnce(
    await responseError(409, 'The override changed since you saw it', {
      system: 'cluster',
      conflict,
    }),
  );
  renderTab({ api, search: '?view=sampling&auto=off' });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Revert now' }),
  );
  await confirmRevert();
  const panel = await screen.findByRole('region', {
    name: 'It changed in between',
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
    expect(panel).toHaveTextContent(
      'Yours would undo what was changed: Sampling.',
    );
  });

  it('leads to the override as it is now', async () => {
    const { api, panel } = await revertTooLate({});
    expect(panel).toHaveTextContent('Yours would undo nothing');
    await userEvent.click(
      within(panel).getByRole('button', { name: 'Show it as it is now' }),
    );
    expect(api.getTracing).toHaveBeenCalledTimes(2);
  });
});
