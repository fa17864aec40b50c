import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { TraceCoverageView } from 'backstage-plugin-mesh-tracing-common';
import {
  coverage,
  fakeApi,
  renderTab,
  traceSummary,
  tracesResponse,
  NOW_MS,
} from '../testing';

const SEARCH = '?view=traces';

async function rowHeaders(): Promise<string[]> {
  await screen.findAllByRole('rowheader');
  return screen
    .getAllByRole('rowheader')
    .map(cell => cell.textContent?.replace('frontend.shop', '') ?? '');
}

describe('the list of traces', () => {
  it('shows each trace, marks errors in words, and says that it is complete', async () => {
    renderTab({ search: SEARCH });

    expect(await rowHeaders()).toEqual([
      'GET /checkout',
      'POST /pay',
      'GET /checkout',
    ]);
    expect(screen.getByText('2 errors')).toBeInTheDocument();
    expect(screen.getByText('All 3 traces of the window.')).toBeInTheDocument();
  });

  it('has a link to each trace, to open in a new tab or to copy', async () => {
    renderTab({ search: `${SEARCH}&errors=true` });

    const [link] = await screen.findAllByRole('link', { name: 'POST /pay' });
    const href = link?.getAttribute('href') ?? '';
    const query = new URLSearchParams(href.slice(href.indexOf('?')));
    expect(link?.tagName).toBe('A');
    expect(query.get('trace')).toMatch(/^[0-9a-f]{32}$/);
    expect(query.get('errors')).toBe('true');
  });

  it('names the operation that no span has', async () => {
    const api = fakeApi({
      getTraces: async () => tracesResponse({ traces: [] }),
    });
    renderTab({ api, search: `${SEARCH}&operation=GET+%2Fnothing` });

    expect(
      await screen.findByText(/has the operation “GET \/nothing”/),
    ).toBeInTheDocument();
  });

  it('sorts by duration', async () => {
    renderTab({ search: SEARCH });
    await rowHeaders();

    await userEvent.click(
      screen.getByRole('columnheader', { name: 'Duration' }),
    );
    await userEvent.click(
      screen.getByRole('columnheader', { name: 'Duration' }),
    );

    expect((await rowHeaders())[0]).toBe('POST /pay');
  });

  it('asks the backend for what the filters say', async () => {
    const { api } = renderTab({ search: SEARCH });
    const form = await screen.findByRole('form', { name: 'Filter traces' });

    await userEvent.type(
      within(form).getByLabelText('Min trace duration'),
      '250ms',
    );
    await userEvent.type(within(form).getByLabelText('Tags'), 'team=payments');
    await userEvent.click(within(form).getByLabelText('Errors only'));
    await userEvent.click(within(form).getByRole('button', { name: 'Search' }));

    expect(await screen.findByText('Clear filters')).toBeInTheDocument();
    expect(api.getTraces.mock.lastCall?.[1]).toMatchObject({
      minTraceDurationUs: 250_000,
      tag: ['team=payments'],
      errorsOnly: 'true',
    });
  });

  it('keeps the rarer filters out of sight until one is wanted', async () => {
    const { api } = renderTab({ search: SEARCH });
    const form = await screen.findByRole('form', { name: 'Filter traces' });
    expect(
      within(form).queryByLabelText('Min span duration'),
    ).not.toBeInTheDocument();

    const more = within(form).getByRole('button', { name: 'More filters' });
    await userEvent.click(more);
    expect(more).toHaveAttribute('aria-expanded', 'true');
    await userEvent.type(
      within(form).getByLabelText('Min span duration'),
      '5ms',
    );
    await userEvent.type(
      within(form).getByLabelText('Max span duration'),
      '1s{Enter}',
    );

    expect(await screen.findByText('Clear filters')).toBeInTheDocument();
    expect(api.getTraces.mock.lastCall?.[1]).toMatchObject({
      minSpanDurationUs: 5_000,
      maxSpanDurationUs: 1_000_000,
      minTraceDurationUs: undefined,
      maxTraceDurationUs: undefined,
    });
  });

  it('takes every filter from the address, and shows those that are set', async () => {
    const { api } = renderTab({
      search: `${SEARCH}&operation=GET&errors=true&min=1ms&max=2s&tag=a%3Db&kind=client&spanMin=3ms&spanMax=4ms&limit=20`,
    });
    const form = await screen.findByRole('form', { name: 'Filter traces' });

    expect(
      within(form).getByRole('button', { name: 'More filters (4 set)' }),
    ).toHaveAttribute('aria-expanded', 'true');
    expect(within(form).getByLabelText('Max span duration')).toHaveValue('4ms');
    expect(
      within(form).getByRole('button', { name: /Client.*Span kind/ }),
    ).toBeInTheDocument();
    expect(api.getTraces.mock.lastCall?.[1]).toMatchObject({
      operation: 'GET',
      errorsOnly: 'true',
      minTraceDurationUs: 1_000,
      maxTraceDurationUs: 2_000_000,
      tag: ['a=b'],
      kind: 'client',
      minSpanDurationUs: 3_000,
      maxSpanDurationUs: 4_000,
      limit: 20,
    });

    await userEvent.click(
      within(form).getByRole('button', { name: 'Clear filters' }),
    );

    expect(within(form).getByLabelText('Operation')).toHaveValue('');
    expect(api.getTraces.mock.lastCall?.[1]).toMatchObject({
      operation: undefined,
      kind: undefined,
      minSpanDurationUs: undefined,
      limit: 20,
    });
  });

  it('does not search when the longest duration is below the shortest', async () => {
    renderTab({ search: `${SEARCH}&min=2s&max=1s` });
    const form = await screen.findByRole('form', { name: 'Filter traces' });

    expect(
      within(form).getByText('Less than the shortest'),
    ).toBeInTheDocument();
    expect(within(form).getByRole('button', { name: 'Search' })).toBeDisabled();
  });

  it('names the field that can not be used, and does not search', async () => {
    renderTab({ search: SEARCH });
    const form = await screen.findByRole('form', { name: 'Filter traces' });

    await userEvent.type(
      within(form).getByLabelText('Min trace duration'),
      'fast',
    );

    expect(
      within(form).getByText('Write a duration such as 250ms or 1.5s'),
    ).toBeInTheDocument();
    expect(within(form).getByRole('button', { name: 'Search' })).toBeDisabled();
  });

  it('loads older traces from where the newest ones end', async () => {
    const api = fakeApi();
    api.getTraces.mockResolvedValueOnce(
      tracesResponse({
        coverage: coverage({
          complete: false,
          oldestStartTimeMs: NOW_MS - 3_000.5,
        }),
      }),
    );
    api.getTraces.mockResolvedValueOnce(
      tracesResponse({
        traces: [traceSummary(3), traceSummary(4, { rootOperation: 'OLD' })],
      }),
    );
    renderTab({ api, search: `${SEARCH}&auto=off` });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Load older traces' }),
    );

    expect(await screen.findByText('OLD')).toBeInTheDocument();
    expect(await rowHeaders()).toHaveLength(4);
    expect(api.getTraces.mock.lastCall?.[1]).toMatchObject({
      endTimeMs: NOW_MS - 3_001,
    });
    expect(
      screen.queryByRole('button', { name: 'Load older traces' }),
    ).not.toBeInTheDocument();
  });

  it('asks for older traces up to the microsecond that the answer names', async () => {
    const continueAtMs = NOW_MS - 3_000 + 0.001;
    const api = fakeApi();
    api.getTraces.mockResolvedValueOnce(
      tracesResponse({
        coverage: coverage({
          complete: false,
          oldestStartTimeMs: NOW_MS - 60_000,
          continueAtMs,
          incompleteBecause: ['older'],
        }),
      }),
    );
    renderTab({ api, search: `${SEARCH}&auto=off` });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Load older traces' }),
    );

    await waitFor(() =>
      expect(api.getTraces.mock.lastCall?.[1]).toMatchObject({
        endTimeMs: continueAtMs,
      }),
    );
  });

  it('offers no older traces where the answer leads nowhere', async () => {
    const response = tracesResponse();
    const api = fakeApi({
      getTraces: async () =>
        tracesResponse({
          coverage: coverage({
            complete: false,
            continueAtMs: response.endTimeMs,
            incompleteBecause: ['older'],
          }),
        }),
    });
    renderTab({ api, search: SEARCH });
    await rowHeaders();

    expect(
      screen.queryByRole('button', { name: 'Load older traces' }),
    ).not.toBeInTheDocument();
  });

  it('says how many of the traces read belong to the entity', async () => {
    const api = fakeApi({
      getTraces: async () =>
        tracesResponse({
          coverage: coverage({ fetchedCount: 100, belongingCount: 34 }),
        }),
    });
    renderTab({ api, search: SEARCH });

    expect(
      await screen.findByText(/34 of 100 traces read belong to this entity\./),
    ).toBeInTheDocument();
  });

  it.each<[string, Partial<TraceCoverageView>, RegExp]>([
    [
      'there are more than it was asked for',
      { complete: false, matchedCount: 131, oldestStartTimeMs: NOW_MS },
      /^The newest 3 of at least 131 traces, back to /,
    ],
    [
      'it stopped before the window began',
      { complete: false, oldestStartTimeMs: NOW_MS },
      /^The newest 3 traces, since .*; nothing older was read\./,
    ],
    [
      'the store can not filter',
      { fetchedCount: 300, filteredHere: ['attributes', 'trace duration'] },
      /Filtered here: 3 of 300 traces read matched; the store can’t filter by tags, trace duration\./,
    ],
    [
      'one instant holds more than a page',
      { complete: false, incompleteBecause: ['same-instant'] },
      /At one instant more traces began than the trace store returns at once/,
    ],
    [
      'the store may not know the filters',
      { complete: false, incompleteBecause: ['unproven-filter'] },
      /was never seen to apply them/,
    ],
    [
      'the storage has just failed',
      { complete: false, incompleteBecause: ['storage-recovering'] },
      /failed a moment ago/,
    ],
    [
      'a name failed',
      {
        complete: false,
        failures: [{ service: 'checkout', message: 'took too long' }],
      },
      /^3 traces, perhaps not all of the window\. Without checkout: took too long/,
    ],
  ])(
    'says how much of the window it holds when %s',
    async (_, patch, sentence) => {
      const api = fakeApi({
        getTraces: async () => tracesResponse({ coverage: coverage(patch) }),
      });
      renderTab({ api, search: SEARCH });

      expect(await screen.findByText(sentence)).toBeInTheDocument();
    },
  );

  it('offers no older traces when only a name failed', async () => {
    const api = fakeApi({
      getTraces: async () =>
        tracesResponse({
          coverage: coverage({
            complete: false,
            failures: [{ service: 'checkout', message: 'took too long' }],
          }),
        }),
    });
    renderTab({ api, search: SEARCH });
    await rowHeaders();

    expect(
      screen.queryByRole('button', { name: 'Load older traces' }),
    ).not.toBeInTheDocument();
  });

  it('goes on from where a search without result stopped', async () => {
    const api = fakeApi();
    api.getTraces.mockResolvedValueOnce(
      tracesResponse({
        traces: [],
        coverage: coverage({
          complete: false,
          fetchedCount: 900,
          matchedCount: 0,
          oldestStartTimeMs: NOW_MS - 60_000,
        }),
      }),
    );
    renderTab({ api, search: `${SEARCH}&auto=off&errors=true` });

    expect(await screen.findByText('None found so far')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Load older traces' }),
    );

    expect(await rowHeaders()).toHaveLength(3);
    expect(screen.getByText('3 older ones shown')).toHaveAttribute(
      'role',
      'status',
    );
    expect(api.getTraces.mock.lastCall?.[1]).toMatchObject({
      errorsOnly: 'true',
      endTimeMs: NOW_MS - 60_000,
    });
  });

  it('leads to the pages of the store where it has some', async () => {
    const api = fakeApi({
      getTraces: async () =>
        tracesResponse({
          traces: [traceSummary(10)],
          traceUrlTemplate: 'https://jaeger.example.com/trace/{traceId}',
        }),
    });
    renderTab({ api, search: SEARCH });

    const link = await screen.findByRole('link', {
      name: /^Open in Jaeger: GET \/checkout at /,
    });
    expect(link).toHaveAttribute(
      'href',
      `https://jaeger.example.com/trace/${'a'.padStart(32, '0')}`,
    );
    expect(link).toHaveAttribute('target', '_blank');
  });

  it('says what was searched when there is nothing', async () => {
    const api = fakeApi({
      getTraces: async () => tracesResponse({ traces: [] }),
    });
    renderTab({ api, search: SEARCH });

    expect(
      await screen.findByText('No trace in this window'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Searched for: checkout.shop.'),
    ).toBeInTheDocument();
  });
});
