import { screen, within } from '@testing-library/react';
import type {
  MeasuredRequests,
  RequestsResponse,
  TracedRequestsResponse,
} from 'backstage-plugin-mesh-tracing-common';
import {
  fakeApi,
  measuredRequests,
  renderTab,
  requestsResponse,
  tracedRequestsResponse,
} from '../../testing';

function show(
  requests: MeasuredRequests | null,
  patch: {
    answer?: Partial<RequestsResponse>;
    traced?: Partial<TracedRequestsResponse>;
    view?: string;
  } = {},
) {
  renderTab({
    api: fakeApi({
      getRequests: async () => requestsResponse(requests, patch.answer),
      getTracedRequests: async () => tracedRequestsResponse(patch.traced),
    }),
    search: `?view=${patch.view ?? 'latency'}&auto=off`,
  });
}

const share = {
  seenPercent: 4.97,
  lowPercent: 4.831,
  highPercent: 5.114,
  configuredPercent: 5,
  tracedCount: 4_970,
  requestCount: 100_000,
  windowMs: 3_600_000,
};

describe('all requests of an entity', () => {
  it('are the headline of the latency view, with unit, window and source', async () => {
    show(measuredRequests());

    const panel = await screen.findByRole('region', {
      name: 'All requests, from metrics',
    });
    expect(panel).toHaveTextContent(
      "From Istio's metrics of trace store main, 1 h. Every request, traced or not",
    );
    const figure = (name: string) => within(panel).getByRole('group', { name });
    expect(figure('Requests per second')).toHaveTextContent(
      '41.4/sabout 148,932 requests',
    );
    expect(figure('Error rate')).toHaveTextContent(
      '2.1 %about 3,128 failed requests',
    );
    expect(figure('Median')).toHaveTextContent('31 ms');
    expect(figure('95th percentile')).toHaveTextContent('120 ms');
    expect(figure('99th percentile')).toHaveTextContent('640 ms');
    const [first] = screen.getAllByRole('heading', { level: 2 });
    expect(panel).toContainElement(first ?? null);
  });

  it('are drawn over time, and told as text to those who can not see', async () => {
    show(measuredRequests());

    expect(
      await screen.findByRole('img', {
        name: 'Requests per second: lowest 40/s, highest 45/s, latest 45/s.',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('img', { name: /^Error rate: lowest 2.1 %/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('img', { name: /p95: lowest 120 ms.*p99: .*640 ms/ }),
    ).toBeInTheDocument();
  });

  it('stand by operation, a dash for what has no series', async () => {
    show(measuredRequests());

    const table = await screen.findByRole('table', {
      name: 'All requests by operation',
    });
    expect(
      within(table)
        .getAllByRole('cell')
        .map(cell => cell.textContent),
    ).toEqual(['41.4/s', '2.1 %', '31 ms', '–', '640 ms']);
    expect(within(table).getByRole('rowheader')).toHaveTextContent(
      'POST /orderscheckout-v1.shop',
    );
  });

  it('say how operations could be told apart where they are not', async () => {
    show(measuredRequests({ operations: [], knowsOperations: false }));

    expect(
      await screen.findByText(/Add a tag such as request_operation/),
    ).toBeInTheDocument();
  });

  it('are not sold as all where only traced ones were counted', async () => {
    show(
      measuredRequests({
        source: { kind: 'span-metrics', counts: 'traced-requests' },
      }),
    );

    const panel = await screen.findByRole('region', {
      name: 'Traced requests, from metrics',
    });
    expect(panel).toHaveTextContent(
      'a request that was not sampled is in none of them',
    );
    expect(panel).not.toHaveTextContent('Share that is traced');
    expect(
      screen.queryByRole('region', { name: 'All requests, from metrics' }),
    ).not.toBeInTheDocument();
  });

  it('have the share that was traced beside what is configured', async () => {
    show(measuredRequests(), { traced: { share, reason: undefined } });

    const group = await screen.findByRole('group', {
      name: 'Share that is traced',
    });
    expect(
      await within(group).findByText('5 % configured, 4.97 % seen'),
    ).toBeInTheDocument();
    expect(group).toHaveTextContent(
      '4.83 % to 5.11 % with 95 % confidence: 4,970 of about 100,000 requests of 1 h.',
    );
  });

  it('warn where the share deviates, with what to look at', async () => {
    show(measuredRequests(), {
      traced: {
        share,
        reason: undefined,
        findings: [
          {
            severity: 'warning',
            code: 'traced-share-above-configured',
            what: '1 % of the requests are to be traced, 4.97 % were.',
            whatToDo: 'Look who decides instead.',
          },
        ],
      },
    });

    expect(
      await screen.findByText(/1 % of the requests are to be traced/),
    ).toBeInTheDocument();
    expect(screen.getByText('Look who decides instead.')).toBeInTheDocument();
  });

  it('do not tell a share of too short a time', async () => {
    show(measuredRequests(), { traced: { reason: 'too-short' } });

    expect(
      await screen.findByText(/of too short a time to be compared/),
    ).toBeInTheDocument();
  });

  it('are one quiet line where no metrics are configured', async () => {
    show(null);

    expect(
      await screen.findByText(
        /once metrics are configured for trace store main/,
      ),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: /from metrics/ }),
    ).not.toBeInTheDocument();
  });

  it('say that they could not be read, and leave the traces alone', async () => {
    show(null, {
      answer: { problem: "Prometheus of trace store 'main' did not answer" },
    });

    expect(
      await screen.findByText(
        /The metrics could not be read: Prometheus of trace store 'main'/,
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('region', { name: 'Latency over time' }),
    ).toHaveTextContent('Of 128 sampled traces.');
  });

  it.each([
    ['istio', 'every-request', /look whether Prometheus scrapes its proxies/],
    ['span-metrics', 'traced-requests', /look whether the span metrics reach/],
    ['jaeger', 'traced-requests', /Look at normalize_calls/],
  ] as const)(
    'say where to look when %s has no series of the entity',
    async (kind, counts, hint) => {
      show(
        measuredRequests({
          source: { kind, counts },
          overall: null,
          services: [],
          operations: [],
        }),
      );

      expect(await screen.findByText(hint)).toHaveTextContent(
        /^The metrics have no series/,
      );
    },
  );

  it('say what could not be read beside what could', async () => {
    show(
      measuredRequests({
        missing: ['series', 'operations', 'durations'],
        series: { stepMs: 60_000, points: [] },
      }),
    );

    expect(
      await screen.findByText('The course over time could not be read.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The figures by operation could not be read.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/The metrics tell no durations/),
    ).toBeInTheDocument();
  });

  it('tell a window without a request from one that nobody knows', async () => {
    show(
      measuredRequests({
        overall: {
          callsPerSecond: 0,
          errorRate: null,
          p50Us: null,
          p95Us: null,
          p99Us: null,
        },
      }),
    );

    const figure = await screen.findByRole('group', {
      name: 'Requests per second',
    });
    expect(figure).toHaveTextContent('0/sNo request in this window');
  });

  it('are one line of the overview', async () => {
    show(measuredRequests(), { view: 'overview' });

    const link = await screen.findByRole('link', { name: 'All requests' });
    expect(link).toHaveAttribute('href', expect.stringContaining('latency'));
    expect(link.parentElement).toHaveTextContent(
      'All requests: 41.4/s, 2.1 % fail, p95 120 ms.',
    );
  });
});
