import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  findTraceInsights,
  type Trace,
  type TraceResponse,
} from 'backstage-plugin-mesh-tracing-common';
import {
  checkoutTrace,
  fakeApi,
  renderTab,
  span,
  traceResponse,
  wideTrace,
} from '../../testing';

const SEARCH = `?view=traces&trace=${'a'.repeat(32)}`;

/** The virtualised list measures what jsdom has no size for. */
beforeAll(() => {
  for (const [name, size] of [
    ['clientHeight', 600],
    ['clientWidth', 1_000],
  ] as const) {
    Object.defineProperty(HTMLElement.prototype, name, {
      configurable: true,
      get: () => size,
    });
  }
  Element.prototype.scrollTo = () => {};
});

/** A hop between two sidecars, and a call of the application behind it. */
function proxiedTrace(): Trace {
  const proxy = (pod: string) => ({
    node_id: `sidecar~10.0.0.1~${pod}-7d9f8b6c5d-x2x2x.shop~shop.svc.cluster.local`,
  });
  return {
    ...checkoutTrace(),
    spans: [
      span(1, undefined, {
        service: 'frontend.shop',
        operation: 'GET /checkout',
        kind: 'client',
        durationUs: 1_000,
        attributes: proxy('frontend'),
      }),
      span(2, 1, {
        operation: 'POST /orders',
        offsetUs: 100,
        durationUs: 800,
        attributes: { ...proxy('checkout'), side: 'called' },
      }),
      span(3, 2, { operation: 'GET /stock', offsetUs: 200, kind: 'client' }),
    ],
  };
}

/** The called host is 2.5 ms ahead of the calling one. */
function skewedTrace(): Trace {
  return {
    ...checkoutTrace(),
    durationUs: 3_400,
    spans: [
      span(1, undefined, {
        durationUs: 1_000,
        resource: { 'host.name': 'a' },
      }),
      span(2, 1, {
        offsetUs: 2_600,
        durationUs: 800,
        resource: { 'host.name': 'b' },
      }),
    ],
  };
}

async function grid(): Promise<HTMLElement> {
  return screen.findByRole('treegrid', { name: 'Spans of the trace' });
}

function rows(): string[] {
  return screen
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getAllByRole('gridcell')[0]?.textContent ?? '');
}

function activeRow(element: HTMLElement): string {
  const id = element.getAttribute('aria-activedescendant') ?? '';
  return document.getElementById(id)?.textContent ?? '';
}

describe('the timeline of a trace', () => {
  it('shows spans as a tree, with levels and errors', async () => {
    renderTab({ search: SEARCH });
    await grid();

    expect(rows()).toEqual([
      'frontend.shopGET /checkout',
      'checkout.shopPOST /orders',
      'payments.shopPOST /pay',
      'stock.shopGET /stock',
    ]);
    const payment = screen.getAllByRole('row')[3] as HTMLElement;
    expect(payment).toHaveAttribute('aria-level', '3');
    expect(within(payment).getByLabelText('error')).toBeInTheDocument();
  });

  it('tells own time and critical path in words', async () => {
    renderTab({ search: SEARCH });
    await grid();

    expect(screen.getAllByRole('row')[4]).toHaveTextContent(
      '300 µs, own time 300 µs, 300 µs on the critical path',
    );
  });

  it('is worked with the keyboard alone', async () => {
    renderTab({ search: SEARCH });
    const tree = await grid();
    tree.focus();

    await userEvent.keyboard('{End}');
    expect(activeRow(tree)).toContain('GET /stock');
    await userEvent.keyboard('{ArrowLeft}');
    expect(activeRow(tree)).toContain('POST /orders');
    await userEvent.keyboard('{ArrowLeft}');
    expect(rows()).toHaveLength(2);
    expect(screen.getAllByRole('row')[2]).toHaveAttribute(
      'aria-expanded',
      'false',
    );
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{Enter}');

    const detail = await screen.findByRole('region', { name: 'Span' });
    expect(detail).toHaveTextContent('This span failed: card refused');
    expect(within(detail).getByText('http.status_code')).toBeInTheDocument();
  });

  it('finds spans by attribute and goes to them', async () => {
    renderTab({ search: SEARCH });
    const tree = await grid();

    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Find in trace' }),
      'status_code=502{Enter}',
    );

    expect(await screen.findByText('1 found')).toBeInTheDocument();
    expect(activeRow(tree)).toContain('POST /pay');
  });

  it('says where the error began and leads there', async () => {
    const api = fakeApi({
      getTrace: async () => ({
        ...traceResponse(),
        insights: findTraceInsights(checkoutTrace()),
      }),
    });
    renderTab({ api, search: SEARCH });
    const tree = await grid();

    const list = screen.getByRole('list', {
      name: 'What stands out in this trace',
    });
    expect(list).toHaveTextContent(
      'The error began in payments.shop, POST /pay: card refused',
    );
    await userEvent.click(
      within(list).getByRole('button', { name: 'POST /pay' }),
    );

    expect(activeRow(tree)).toContain('POST /pay');
    expect(
      await screen.findByRole('region', { name: 'Span' }),
    ).toHaveTextContent('This span failed: card refused');
  });

  it('folds the spans of two proxies into one row when asked to', async () => {
    const api = fakeApi({
      getTrace: async () => traceResponse(proxiedTrace()),
    });
    renderTab({ api, search: SEARCH });
    await grid();
    expect(rows()).toEqual([
      'frontend.shopGET /checkout',
      'checkout.shopPOST /orders',
      'checkout.shopGET /stock',
    ]);

    await userEvent.click(
      screen.getByRole('switch', { name: 'Fold proxy pairs (1)' }),
    );

    expect(rows()).toEqual([
      'frontend.shop→ checkout.shopGET /checkout',
      'checkout.shopGET /stock',
    ]);
    expect(screen.getByText('3 spans')).toBeInTheDocument();
  });

  it('counts, marks and reaches each error of a folded pair', async () => {
    const trace = proxiedTrace();
    const api = fakeApi({
      getTrace: async () =>
        traceResponse({
          ...trace,
          spans: trace.spans.map(item => ({ ...item, status: 'error' })),
        }),
    });
    renderTab({ api, search: `${SEARCH}&fold=on` });
    await grid();

    expect(screen.getByLabelText('2 errors')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Next error (3)' }),
    ).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'Collapse all' }));

    expect(screen.getByLabelText('3 errors')).toBeInTheDocument();
  });

  it('says what of a trace with too many spans is shown', async () => {
    const api = fakeApi({
      getTrace: async () => ({
        ...traceResponse(checkoutTrace()),
        cut: { shownSpanCount: 100_000, spanCount: 123_456 },
      }),
    });
    renderTab({ api, search: SEARCH });

    expect(
      await screen.findByText(/100,000 of 123,456 spans are here/),
    ).toBeInTheDocument();
  });

  it('says of a retry who called whom, how often, and how it ended', async () => {
    const call = { kind: 'client', durationUs: 900 } as const;
    const trace: Trace = {
      ...checkoutTrace(),
      spans: [
        span(1, undefined, { ...call, service: 'catalog.shop' }),
        span(2, 1, {
          service: 'search-index.shop',
          kind: 'server',
          status: 'error',
          durationUs: 100,
          attributes: { response_flags: 'UH', 'error.message': 'no index' },
        }),
        span(3, 1, {
          service: 'search-index.shop',
          kind: 'server',
          offsetUs: 200,
          durationUs: 100,
        }),
      ],
    };
    const api = fakeApi({
      getTrace: async () => ({
        ...traceResponse(trace),
        insights: findTraceInsights(trace),
      }),
    });
    renderTab({ api, search: SEARCH });

    const insights = await screen.findByRole('list', {
      name: 'What stands out in this trace',
    });
    expect(insights).toHaveTextContent(
      'catalog called search-index twice; the second attempt succeeded.',
    );
    expect(insights).toHaveTextContent(
      'no index: no instance of the called service is healthy (UH)',
    );
  });

  it('finds and shows what is folded away', async () => {
    const api = fakeApi({
      getTrace: async () => traceResponse(proxiedTrace()),
    });
    renderTab({ api, search: `${SEARCH}&fold=on` });
    await grid();

    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Find in trace' }),
      'side=called{Enter}',
    );

    const detail = await screen.findByRole('region', { name: 'Span' });
    expect(detail).toHaveTextContent(
      'Folded into it: the span of checkout.shop',
    );
    expect(detail).toHaveTextContent(
      'POST /orders took 800 µs; 200 µs between',
    );
  });

  it('corrects clocks only when asked to, and says that it guesses', async () => {
    const trace = skewedTrace();
    const api = fakeApi({
      getTrace: async () => ({
        ...traceResponse(trace),
        insights: findTraceInsights(trace),
      }),
    });
    renderTab({ api, search: SEARCH });
    await grid();
    expect(
      screen.getByText(/Clocks .* by up to 2.5 ms\. Nothing was moved/),
    ).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('switch', { name: 'Correct clocks' }),
    );

    expect(
      await screen.findByText(/Times are an estimate: 1 span was moved/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Nothing was moved/)).not.toBeInTheDocument();
  });

  it('offers neither folding nor other clocks where nothing is to be folded or corrected', async () => {
    renderTab({ search: SEARCH });
    await grid();

    expect(screen.queryByRole('switch')).not.toBeInTheDocument();
  });

  it('goes back to the list', async () => {
    renderTab({ search: SEARCH });

    await userEvent.click(await screen.findByRole('link', { name: '← Back' }));

    expect(
      await screen.findByRole('form', { name: 'Filter traces' }),
    ).toBeInTheDocument();
  });

  it('puts only the rows in sight into the document, even of 50,000 spans', async () => {
    const api = fakeApi({
      getTrace: async () => traceResponse(wideTrace(50_000)),
    });
    renderTab({ api, search: SEARCH });
    const tree = await grid();

    expect(tree).toHaveAttribute('aria-rowcount', '50001');
    expect(rows().length).toBeGreaterThan(20);
    expect(document.querySelectorAll('*').length).toBeLessThan(2_000);
  });

  it('shows the spans that are there, without what only all of them tell, and then the rest', async () => {
    const whole = traceResponse();
    const [first] = whole.trace.spans;
    const part = {
      ...whole,
      trace: { ...whole.trace, spans: first ? [first] : [] },
      insights: undefined,
    };
    let finish: (response: TraceResponse) => void = () => {};
    renderTab({
      search: SEARCH,
      api: fakeApi({
        getTrace: (_entity, _id, _window, options) => {
          options?.onProgress?.({ response: part, spanCount: 100_000 });
          return new Promise(resolve => {
            finish = resolve;
          });
        },
      }),
    });

    expect(
      await screen.findByText(/Reading: 1 of 100,000 spans are here/),
    ).toBeInTheDocument();
    const name = new RegExp(first?.operation ?? '-');
    expect(screen.getAllByRole('row', { name })).toHaveLength(1);
    expect(screen.queryByText('no errors')).not.toBeInTheDocument();
    expect(screen.queryByText('On the critical path:')).not.toBeInTheDocument();

    act(() => finish(whole));

    expect(
      await screen.findByText('On the critical path:'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Reading: 1 of/)).not.toBeInTheDocument();
  });

  it('keeps the spans that are there when the rest does not arrive, and says so', async () => {
    const whole = traceResponse();
    renderTab({
      search: SEARCH,
      api: fakeApi({
        getTrace: async (_entity, _id, _window, options) => {
          options?.onProgress?.({ response: whole, spanCount: 100_000 });
          throw new Error('The trace could not be read to its end');
        },
      }),
    });
    expect(
      await screen.findByText(/could not be read to its end/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/^Reading:/)).not.toBeInTheDocument();
    expect(screen.queryByText('no errors')).not.toBeInTheDocument();
    expect(screen.getAllByRole('row').length).toBeGreaterThan(1);
  });
});
