import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  sampleConfidence,
  type LatencyPoint,
  type LatencyResponse,
} from 'backstage-plugin-mesh-tracing-common';
import {
  estimatedStatistics,
  fakeApi,
  latencyResponse,
  NOW_MS,
  renderTab,
  responseError,
  sampledLatency,
  sampleEstimate,
  sampleFacts,
} from '../testing';

const SEARCH = '?view=latency&auto=off';

function show(answer: LatencyResponse = sampledLatency()) {
  const api = fakeApi({ getLatency: async () => answer });
  renderTab({ api, search: SEARCH });
  return api;
}

/** Answers the levels one after the other; the first one is the first look. */
function showLevels(...answers: Array<LatencyResponse | Error>) {
  const api = fakeApi();
  api.getLatency.mockReset();
  for (const answer of answers) {
    if (answer instanceof Error) {
      api.getLatency.mockRejectedValueOnce(answer);
    } else {
      api.getLatency.mockResolvedValueOnce(answer);
    }
  }
  renderTab({ api, search: SEARCH });
  return api;
}

const quick = () =>
  sampledLatency({ level: 'quick', readTraceCount: 120, canRefine: true });
const overTime = () =>
  screen.findByRole('region', { name: 'Latency over time' });

async function operationRow() {
  const panel = await screen.findByRole('region', { name: 'By operation' });
  return within(panel).getByRole('row', { name: /POST \/orders/ });
}

/** Waits until the panel says so; it is found once, as finding it takes long. */
async function showsText(text: string) {
  const panel = await overTime();
  await waitFor(() => expect(panel).toHaveTextContent(text));
}

/** The points of the fixture, some of them changed. */
function withPoints(change: (index: number) => Partial<LatencyPoint>) {
  const answer = sampledLatency();
  const { series } = answer.latency;
  series.points = series.points.map((point, index) => ({
    ...point,
    ...change(index),
  }));
  return answer;
}

describe('statistics of a window that is too busy to be read whole', () => {
  it('come quickly first, then by themselves from more of exactly the same window', async () => {
    const api = showLevels(quick(), sampledLatency());

    const panel = await overTime();
    await waitFor(() =>
      expect(panel).toHaveTextContent(
        'Estimated from 1,480 of about 12,300 traces · 60 time slices · p95 ±3.3 %',
      ),
    );
    const [first, second] = api.getLatency.mock.calls;
    expect(first?.[1]).toMatchObject({ sample: 'quick' });
    expect(second?.[1]).toEqual({
      startTimeMs: NOW_MS - 3_600_000,
      endTimeMs: NOW_MS,
      sample: 'normal',
    });
    expect(api.getLatency).toHaveBeenCalledTimes(2);
  });

  it('are asked for once where the first look was all there is', async () => {
    const exact = { isExact: true, canRefine: false, readTraceCount: 312 };
    const api = show(sampledLatency({ level: 'quick', ...exact }));

    expect(await overTime()).toHaveTextContent(
      'Exact: all 312 traces were read',
    );
    expect(screen.queryByText('What this means')).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Refine/ })).toBeNull();
    expect(api.getLatency).toHaveBeenCalledTimes(1);
  });

  it('are refined on demand, while the window stands still', async () => {
    const fine = sampledLatency({
      level: 'fine',
      readTraceCount: 6_000,
      canRefine: false,
    });
    const api = showLevels(sampledLatency(), fine);

    await userEvent.click(
      await screen.findByRole('button', { name: /^Refine/ }),
    );

    await showsText('Estimated from 6,000 of');
    expect(api.getLatency.mock.lastCall?.[1]).toEqual({
      startTimeMs: NOW_MS - 3_600_000,
      endTimeMs: NOW_MS,
      sample: 'fine',
    });
    expect(screen.queryByRole('button', { name: /^Refine/ })).toBeNull();
  });

  it('do not become rougher with a refresh', async () => {
    const api = showLevels(quick(), sampledLatency(), sampledLatency());
    await showsText('Estimated from 1,480 of');

    await userEvent.click(screen.getByRole('button', { name: 'Refresh now' }));

    await waitFor(() => expect(api.getLatency).toHaveBeenCalledTimes(3));
    expect(api.getLatency.mock.lastCall?.[1]).toMatchObject({
      sample: 'normal',
    });
  });

  it('do not become estimates again with a refresh, once all traces were read', async () => {
    const api = showLevels(quick(), latencyResponse(), latencyResponse());
    await showsText('Of 128 sampled traces.');

    await userEvent.click(screen.getByRole('button', { name: 'Refresh now' }));

    await waitFor(() => expect(api.getLatency).toHaveBeenCalledTimes(3));
    expect(api.getLatency.mock.lastCall?.[1]).toMatchObject({
      sample: 'normal',
    });
  });

  it('stay as they are where more could not be read, and say so', async () => {
    const api = showLevels(
      quick(),
      await responseError(503, 'Jaeger is away'),
      sampledLatency(),
    );

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'More traces could not be read, so the figures stay as rough as they are. Jaeger is away',
    );
    expect(await overTime()).toHaveTextContent('Estimated from 120 of');

    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );

    await showsText('Estimated from 1,480 of');
    expect(api.getLatency.mock.lastCall?.[1]).toMatchObject({
      sample: 'normal',
    });
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('go away with the right to see them', async () => {
    showLevels(quick(), await responseError(403, 'Not yours any more'));

    expect(await screen.findByText('You may not see this')).toBeInTheDocument();
    expect(screen.queryByText(/Estimated from/)).not.toBeInTheDocument();
  });

  it('explain on demand how the sample was taken', async () => {
    show(sampledLatency({ unreadSliceCount: 2, wholeSliceCount: 1 }));

    expect(await overTime()).toHaveTextContent('2 of them not read');
    fireEvent.click(await screen.findByText('What this means'));

    expect(
      await screen.findByText(/cut into 60 time slices/),
    ).toHaveTextContent(
      '1 slice was read whole and counts exactly. 2 slices could not be read; the figures say nothing about them.',
    );
    expect(screen.getByText(/in 19 of 20 such readings/)).toBeInTheDocument();
  });

  it('say nothing of a sample where an answer is of none', async () => {
    const api = show(latencyResponse());

    expect(await overTime()).toHaveTextContent('Of 128 sampled traces.');
    expect(screen.queryByText(/Estimated from/)).not.toBeInTheDocument();
    expect(api.getLatency).toHaveBeenCalledTimes(1);
  });
});

describe('figures that are estimates', () => {
  it('have bounds in tables, and counts that say about', async () => {
    show();

    const row = await operationRow();
    expect(
      within(row)
        .getAllByRole('cell')
        .map(cell => cell.textContent),
    ).toEqual([
      'about 12,300',
      ' 12.5 %(11–14 %)',
      '30 ms(28–33)',
      '50 ms',
      '1.21 s(1.18–1.25)',
      '300 mstoo few to be sure',
      'at least 400 ms',
    ]);
  });

  it('say which changes are within the noise', async () => {
    show(
      sampledLatency(
        {},
        {
          previous: estimatedStatistics({
            count: 6_000,
            p95Us: 1_190_000,
            p50Us: 10_000,
            estimate: sampleEstimate({
              count: { low: 5_800, high: 6_200 },
              p50Us: { low: 9_000, high: 11_000 },
              p95Us: { low: 1_150_000, high: 1_230_000 },
            }),
          }),
          comparison: {
            p50Ratio: 3,
            p95Ratio: 1.02,
            p50RatioBounds: { low: 2.6, high: 3.4 },
            p95RatioBounds: { low: 0.97, high: 1.08 },
            errorRateDifference: 0,
            verdict: 'slower',
          },
        },
      ),
    );

    const change = await screen.findByRole('row', { name: /^Change/ });
    const [count, , , p50, , , p95, p99] = within(change)
      .getAllByRole('cell')
      .map(cell => cell.textContent);
    expect([count, p50]).toEqual(['×2.06', '×3']);
    expect(p95).toBe('×1.02within the noise');
    expect(p99).toBe('×1within the noise');
  });

  it('say of all requests what the answer says, as which were traced is chance too', async () => {
    show(
      sampledLatency(
        {},
        {
          confidence: {
            ...sampleConfidence(12_345, 1_543, 5),
            errorRateLow: 0.1,
          },
        },
      ),
    );

    expect(
      await screen.findByText(/Estimated for all requests: 10 % to/),
    ).not.toHaveTextContent('errors in');
  });

  it('have a share of the critical path with its bounds', async () => {
    const answer = sampledLatency();
    answer.criticalPath = answer.criticalPath.map(part => ({
      ...part,
      shareBounds: { low: 0.66, high: 0.74 },
    }));
    show(answer);

    const panel = await screen.findByRole('region', {
      name: 'Where the time goes',
    });
    expect(
      within(panel).getByRole('row', { name: /POST \/pay/ }),
    ).toHaveTextContent('70 % (66–74 %)about 7 msabout 100');
  });

  it('say of a version that differs by no more than chance', async () => {
    const answer = sampledLatency();
    answer.latency.versions = ['v1', 'v2'].map(version => ({
      ...estimatedStatistics(),
      workload: 'checkout.shop',
      version,
    }));
    answer.versionComparisons = [
      {
        workload: 'checkout.shop',
        version: 'v2',
        baseline: 'v1',
        comparison: {
          p50Ratio: 1.05,
          p95Ratio: 1.1,
          p95RatioBounds: { low: 0.9, high: 1.3 },
          errorRateDifference: 0,
          verdict: 'similar',
        },
      },
    ];
    show(answer);

    expect(
      await screen.findByText(
        'Compared with v1: similar; p95 10 % higher; within the noise',
      ),
    ).toBeInTheDocument();
  });

  it('are bounds alone where few requests were read, however many they stand for', async () => {
    const answer = sampledLatency();
    const few = estimatedStatistics({
      estimate: sampleEstimate({
        sampleCount: 12,
        errorRate: { low: 0.02, high: 0.4 },
      }),
    });
    answer.latency.operations = answer.latency.operations.map(row => ({
      ...row,
      ...few,
    }));
    show(answer);

    const row = await operationRow();
    expect(row).toHaveTextContent('2 % to 40 %');
    expect(row).toHaveTextContent('small sample');
  });
});

describe('the chart of a window', () => {
  it('names slices that were not read, and draws nothing there', async () => {
    show(
      withPoints(index =>
        index === 2
          ? { isUnread: true, count: 0, p50Us: null, p95Us: null, p99Us: null }
          : {},
      ),
    );

    expect(
      await screen.findByRole('img', { name: /: not read; .*: p50 30 ms/ }),
    ).toBeInTheDocument();
    expect(await overTime()).toHaveTextContent('Hatched: not read.');

    fireEvent.change(screen.getByRole('slider', { name: 'Time slice' }), {
      target: { value: '2' },
    });
    expect(screen.getByRole('slider', { name: 'Time slice' })).toHaveAttribute(
      'aria-valuetext',
      expect.stringContaining('not read, so nothing is known of it'),
    );
  });

  it('leads from the slowest slice, and from any other, to traces that took as long', async () => {
    show(
      withPoints(index => ({
        exemplars: { p95: `${index}`.padStart(32, 'a') },
        estimate: sampleEstimate({
          count: { low: 15, high: 25 },
          p95Us: { low: 110_000, high: 140_000 },
        }),
      })),
    );

    const slider = await screen.findByRole('slider', { name: 'Time slice' });
    expect(slider).toHaveValue('5');
    const slice = screen.getByRole('group', { name: /the slowest slice/ });
    expect(slice).toHaveTextContent('about 20 traced requests');
    expect(slice).toHaveTextContent('p95 125 ms (110–140)');

    fireEvent.change(slider, { target: { value: '1' } });

    const link = screen.getByRole('link', {
      name: 'Traces this slow: the p95 of this slice, or slower',
    });
    const address = new URLSearchParams(link.getAttribute('href') ?? '');
    expect(Object.fromEntries(address)).toMatchObject({
      view: 'traces',
      from: String(NOW_MS - 5 * 600_000),
      to: String(NOW_MS - 4 * 600_000),
      spanMin: '121000us',
    });
    expect(
      screen.getByRole('link', {
        name: 'One example at the p95 of this slice',
      }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining(`trace=${'1'.padStart(32, 'a')}`),
    );
    expect(
      screen.queryByRole('link', {
        name: 'One example at the p50 of this slice',
      }),
    ).not.toBeInTheDocument();
  });

  it('is a table as well, whose figures lead to the same traces', async () => {
    show(
      withPoints(index => ({
        ...(index === 0 && { isUnread: true, count: 0 }),
      })),
    );

    const title = await screen.findByText('Show the chart as a table');
    fireEvent.click(title);

    const table = await screen.findByRole('table', {
      name: 'Latency over time',
    });
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('not read');
    expect(
      within(second as HTMLElement).getByRole('link', { name: '121 ms' }),
    ).toHaveAttribute('href', expect.stringContaining('spanMin=121000us'));
  });
});

describe('a sample without traces', () => {
  it('says that it searched everything, where it did', async () => {
    const { latency } = latencyResponse();
    show(
      sampledLatency(
        sampleFacts({
          isExact: true,
          canRefine: false,
          readTraceCount: 0,
          estimatedTraceCount: 0,
        }),
        {
          traceCount: 0,
          latency: { ...latency, overall: null, operations: [], peers: [] },
          criticalPath: [],
        },
      ),
    );

    expect(await overTime()).toHaveTextContent(
      'Exact: the whole window was searched and has no trace',
    );
    expect(
      screen.getByText('No sampled request in this window'),
    ).toBeInTheDocument();
  });
});
