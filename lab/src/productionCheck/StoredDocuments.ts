import { INDEX_PREFIX } from '../components/jaeger/production';
import type { MadeSpan } from '../traffic/otlp/MadeSpan';

interface Page {
  _scroll_id: string;
  hits: { hits: Array<{ _source: { traceID: string; spanID: string } }> };
}

/** What became of spans that were acknowledged. */
export interface SpanCount {
  traces: number;
  spans: number;
  /** Traces of which no span is missing. */
  wholeTraces: number;
  lostSpans: number;
  /** Documents beyond one of a span. */
  doubledDocuments: number;
}

const PAGE_SIZE = 5000;
const TIMEOUT_MS = 30_000;

/** The documents of all spans, as the storage has them. */
export class StoredDocuments {
  /** Documents by span, and the spans by trace. */
  readonly #traces: Map<string, Map<string, number>>;

  /**
   * Reads them from one node, past Jaeger.
   *
   * @param sinceMs - spans that began before are left out
   * @throws Error when the storage does not answer
   */
  static async read(node: string, sinceMs: number): Promise<StoredDocuments> {
    const index = `${node}/${INDEX_PREFIX}-jaeger-span-*`;
    await call(`${index}/_refresh`, {});
    const traces = new Map<string, Map<string, number>>();
    let page = await call<Page>(`${index}/_search?scroll=1m`, {
      size: PAGE_SIZE,
      _source: ['traceID', 'spanID'],
      query: { range: { startTimeMillis: { gte: sinceMs } } },
      sort: ['_doc'],
    });
    while (page.hits.hits.length > 0) {
      for (const { _source: span } of page.hits.hits) {
        const spans = traces.get(span.traceID) ?? new Map<string, number>();
        spans.set(span.spanID, (spans.get(span.spanID) ?? 0) + 1);
        traces.set(span.traceID, spans);
      }
      page = await call<Page>(`${node}/_search/scroll`, {
        scroll: '1m',
        scroll_id: page._scroll_id,
      });
    }
    return new StoredDocuments(traces);
  }

  private constructor(traces: Map<string, Map<string, number>>) {
    this.#traces = traces;
  }

  /** Compares them with what was acknowledged. */
  count(acknowledged: Map<string, MadeSpan[]>): SpanCount {
    const sums = {
      traces: acknowledged.size,
      spans: 0,
      wholeTraces: 0,
      lostSpans: 0,
      doubledDocuments: 0,
    };
    for (const [traceId, spans] of acknowledged) {
      const stored = this.#traces.get(traceId);
      const lost = spans.filter(({ spanId }) => !stored?.has(spanId)).length;
      sums.spans += spans.length;
      sums.lostSpans += lost;
      sums.wholeTraces += lost === 0 ? 1 : 0;
      for (const documents of stored?.values() ?? []) {
        sums.doubledDocuments += documents - 1;
      }
    }
    return sums;
  }

  /** Spans there are of these traces, each counted once. */
  spansOf(traceIds: string[]): number {
    return traceIds.reduce(
      (sum, traceId) => sum + (this.#traces.get(traceId)?.size ?? 0),
      0,
    );
  }

  /** Ids of traces of which a span is there more than once. */
  doubledTraces(): string[] {
    return [...this.#traces]
      .filter(([, spans]) => [...spans.values()].some(count => count > 1))
      .map(([traceId]) => traceId);
  }
}

async function call<T>(url: string, body: object): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) {
    throw new Error(`${url}: ${response.status} ${await response.text()}`);
  }
  return (await response.json()) as T;
}
