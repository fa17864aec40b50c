import { summarizeTrace } from './summarizeTrace';
import {
  START,
  jaeger,
  jaegerSpan,
  reference,
} from './__testUtils__/storedSpans';

describe('summarizeTrace', () => {
  it('names the trace by its earliest root, and counts orphans of any reference', () => {
    const summary = summarizeTrace(
      jaeger([
        jaegerSpan({
          spanID: '1',
          startTime: START + 5,
          operationName: 'late',
        }),
        jaegerSpan({
          spanID: '2',
          startTime: START + 1,
          operationName: 'root',
        }),
        jaegerSpan({ spanID: '3', references: [reference('9')] }),
        jaegerSpan({
          spanID: '4',
          references: [reference('9', 'FOLLOWS_FROM')],
        }),
      ]),
    );
    expect(summary).toMatchObject({
      rootService: 'shop',
      rootOperation: 'root',
      orphanSpanCount: 2,
    });
  });

  it('has no root when all spans are orphans', () => {
    const summary = summarizeTrace(
      jaeger([jaegerSpan({ references: [reference('9')] })]),
    );
    expect(summary).toMatchObject({ orphanSpanCount: 1, spanCount: 1 });
    expect(summary.rootService).toBeUndefined();
  });
});
