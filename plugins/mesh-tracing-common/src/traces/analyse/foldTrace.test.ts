import { foldProxySpans } from './foldProxySpans';
import { foldTrace } from './foldTrace';
import { shop } from '../../testing/traces/shop';
import { spanIdOf } from '../../testing/traces/spans';

describe('foldProxySpans', () => {
  it('pairs the spans of two proxies, not those of one', () => {
    expect(foldProxySpans(shop())).toEqual([
      {
        clientSpanId: spanIdOf('gw2'),
        serverSpanId: spanIdOf('a-in'),
        networkUs: 6,
      },
      {
        clientSpanId: spanIdOf('a-out'),
        serverSpanId: spanIdOf('b-in'),
        networkUs: 10,
      },
    ]);
  });
});

describe('foldTrace', () => {
  it('leaves a row for each hop, and hangs what is below onto it', () => {
    const trace = shop();
    const before = JSON.stringify(trace);
    const folded = foldTrace(trace, foldProxySpans(trace));

    const idsBefore = trace.spans.map(span => span.spanId);
    expect(folded.spans.map(span => span.spanId)).toEqual(
      idsBefore.filter(
        id => id !== spanIdOf('a-in') && id !== spanIdOf('b-in'),
      ),
    );
    const parents = new Map(
      folded.spans.map(span => [span.spanId, span.parentSpanId]),
    );
    expect(parents.get(spanIdOf('a-app'))).toBe(spanIdOf('gw2'));
    expect(JSON.stringify(trace)).toBe(before);
  });

  it('hides no failure that only the called side saw', () => {
    const trace = shop();
    for (const span of trace.spans) {
      if (span.spanId === spanIdOf('b-in')) {
        span.status = 'error';
      }
      if (span.spanId === spanIdOf('a-out')) {
        span.status = 'unset';
      }
    }
    const { spans } = foldTrace(trace, foldProxySpans(trace));
    expect(spans.find(({ spanId }) => spanId === spanIdOf('a-out'))).toEqual(
      expect.objectContaining({ status: 'error' }),
    );
    expect(trace.spans.map(({ status }) => status)).toContain('unset');
  });
});
