import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  coverage,
  fakeApi,
  NOW_MS,
  renderTab,
  traceSummary,
  tracesResponse,
} from '../__testUtils__';
import { parseDuration } from './parseDuration';

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

    await userEvent.type(within(form).getByLabelText('At least'), '250ms');
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

  it('names the field that can not be used, and does not search', async () => {
    renderTab({ search: SEARCH });
    const form = await screen.findByRole('form', { name: 'Filter traces' });

    await userEvent.type(within(form).getByLabelText('At least'), 'fast');

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

describe('parseDuration', () => {
  it.each([
    ['', undefined],
    ['250ms', 250_000],
    ['1.5 s', 1_500_000],
    ['2m', 120_000_000],
    ['7 µs', 7],
    ['12', NaN],
    ['-1s', NaN],
  ])('reads "%s"', (text, durationUs) => {
    expect(parseDuration(text)).toBe(durationUs);
  });
});
