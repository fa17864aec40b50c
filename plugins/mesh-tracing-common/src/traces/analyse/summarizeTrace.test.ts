import { summarizeTrace } from './summarizeTrace';
import {
  START,
  jaeger,
  jaegerSpan,
  reference,
} from '../../testing/traces/storedSpans';

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

  it('is named by its earliest span, and has no root, when all spans are orphans', () => {
    const summary = summarizeTrace(
      jaeger(
        [
          jaegerSpan({
            spanID: '2',
            operationName: 'later',
            startTime: START + 1,
            processID: 'p2',
            references: [reference('1')],
          }),
          jaegerSpan({ references: [reference('9')] }),
        ],
        {
          processes: {
            p1: { serviceName: 'web' },
            p2: { serviceName: 'accounts' },
          },
        },
      ),
    );
    expect(summary).toMatchObject({
      earliestService: 'web',
      earliestOperation: 'op',
      orphanSpanCount: 1,
      spanCount: 2,
    });
    expect(summary.rootService).toBeUndefined();
  });
});
