import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { HistoryEntry } from 'backstage-plugin-mesh-tracing-common';
import {
  fakeApi,
  historyResponse,
  renderSampling,
  samplingApi,
  NOW_MS,
  submitForm,
} from '../../testing';

const [EXPIRED] = historyResponse().entries as [HistoryEntry];

const panel = () => screen.findByRole('region', { name: 'History' });

async function entriesOf(region: HTMLElement) {
  await within(region).findAllByRole('listitem');
  return within(region)
    .getAllByRole('listitem')
    .map(item => item.textContent);
}

describe('the history of an entity', () => {
  it('goes on to older changes until there are none', async () => {
    const { api } = renderSampling(
      fakeApi({
        getSamplingHistory: async (_entity, query) =>
          query?.cursor === 'older'
            ? { entries: [{ ...EXPIRED, id: '1', reason: 'the first' }] }
            : {
                entries: [{ ...EXPIRED, id: '2', reason: 'the second' }],
                nextCursor: 'older',
              },
      }),
    );
    const region = await panel();

    await userEvent.click(
      await within(region).findByRole('button', { name: 'Load older' }),
    );

    await within(region).findByText('the first');
    expect(within(region).getByRole('status')).toHaveTextContent(
      '1 older one shown',
    );
    expect(within(region).getByText('Nothing older is left.')).toHaveFocus();
    expect(await entriesOf(region)).toEqual([
      expect.stringContaining('the second'),
      expect.stringContaining('the first'),
    ]);
    expect(
      within(region).queryByRole('button', { name: 'Load older' }),
    ).not.toBeInTheDocument();
    expect(api.getSamplingHistory).toHaveBeenCalledTimes(2);
  });

  it('keeps what is shown when older ones can not be had', async () => {
    renderSampling(
      fakeApi({
        getSamplingHistory: async (_entity, query) => {
          if (query?.cursor) {
            throw new Error('The database is away');
          }
          return { entries: [EXPIRED], nextCursor: 'older' };
        },
      }),
    );
    const region = await panel();
    const more = await within(region).findByRole('button', {
      name: 'Load older',
    });

    await userEvent.click(more);

    expect(
      await within(region).findByText(/The database is away/),
    ).toBeInTheDocument();
    expect(more).toHaveFocus();
    expect(within(region).getByRole('status')).toBeEmptyDOMElement();
    expect(await entriesOf(region)).toHaveLength(1);
  });

  it('can be that of the whole namespace, with the entity of each change', async () => {
    const { api } = renderSampling();
    const region = await panel();

    await userEvent.click(
      within(region).getByRole('radio', { name: 'Whole namespace' }),
    );

    expect(
      await within(region).findByRole('link', { name: /checkout/ }),
    ).toBeInTheDocument();
    expect(api.getSamplingHistory.mock.lastCall?.[1]).toMatchObject({
      scope: 'namespace',
    });
  });

  it('names no entity where the answer names none', async () => {
    const { entityRef: _, ...hidden } = EXPIRED;
    renderSampling(
      fakeApi({
        getSamplingHistory: async () => ({ entries: [hidden] }),
      }),
    );
    const region = await panel();
    const [entry] = await entriesOf(region);
    expect(entry).not.toContain('an entity that you cannot see');

    await userEvent.click(
      within(region).getByRole('radio', { name: 'Whole namespace' }),
    );

    expect(
      await within(region).findByText(/an entity that you cannot see/),
    ).toBeInTheDocument();
  });
});

describe('applying again', () => {
  it('fills the form, and goes through the preview', async () => {
    const { api } = renderSampling();
    const region = await panel();

    await userEvent.click(
      await within(region).findByRole('button', { name: 'Apply again' }),
    );

    const form = await screen.findByRole('form', {
      name: 'Override for checkout',
    });
    expect(
      within(form).getByRole('textbox', { name: 'Percentage of requests' }),
    ).toHaveValue('80');
    expect(within(form).getByLabelText('Tag')).toHaveValue('tier');
    await userEvent.type(within(form).getByLabelText(/^Reason/), 'Once more');
    const clock = jest.spyOn(Date, 'now').mockReturnValue(NOW_MS);
    await submitForm();
    await screen.findByRole('region', { name: 'What would change' });
    clock.mockRestore();
    expect(api.previewOverride.mock.lastCall?.[1]).toMatchObject({
      samplingPercent: 80,
      customTags: { tier: { literal: { value: 'gold' } } },
      disableSpanReporting: true,
      reason: 'Once more',
      expiresAt: new Date(NOW_MS + 3_600_000).toISOString(),
    });
    expect(api.applyOverride).not.toHaveBeenCalled();
  });

  it.each([
    ['of a workload that is not here', { workload: { name: 'elsewhere' } }],
    [
      'of a namespace by someone who may not',
      { workload: { kind: 'Namespace' } },
    ],
    ['of what was done outside of the portal', { settings: undefined }],
  ])('is not offered for a change %s', async (_what, patch) => {
    const workload = {
      ...EXPIRED.workload,
      ...('workload' in patch && patch.workload),
    };
    renderSampling(
      fakeApi({
        getSamplingHistory: async () => ({
          entries: [{ ...EXPIRED, ...patch, workload }],
        }),
      }),
    );
    await entriesOf(await panel());
    await screen.findByRole('button', { name: 'Change sampling or tags' });
    expect(
      screen.queryByRole('button', { name: 'Apply again' }),
    ).not.toBeInTheDocument();
  });

  it('is not offered to those who may not change anything', async () => {
    renderSampling(samplingApi({ ability: { allowed: false, reason: 'No.' } }));
    await screen.findByText('No.');
    await entriesOf(await panel());
    expect(
      screen.queryByRole('button', { name: 'Apply again' }),
    ).not.toBeInTheDocument();
  });
});
