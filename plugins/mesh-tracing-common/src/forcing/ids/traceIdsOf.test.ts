import fc from 'fast-check';
import { parseTraceReference } from './parseTraceReference';
import { TRACE_ID_BYTES, traceIdsOf } from './traceIdsOf';

describe('ids of a trace that is yet to be made', () => {
  it('are valid whatever the random bytes are, and are read back as they are', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: TRACE_ID_BYTES, maxLength: TRACE_ID_BYTES }),
        bytes => {
          const { traceId, spanId } = traceIdsOf(bytes);
          expect(traceId).toMatch(/^[89a-f][0-9a-f]{31}$/);
          expect(spanId).toMatch(/^[89a-f][0-9a-f]{15}$/);
          expect(parseTraceReference(`00-${traceId}-${spanId}-01`)).toEqual({
            traceId,
            form: 'traceparent',
          });
        },
      ),
    );
  });

  it('are not made of too few bytes', () => {
    expect(() => traceIdsOf(new Uint8Array(23))).toThrow(RangeError);
  });
});
