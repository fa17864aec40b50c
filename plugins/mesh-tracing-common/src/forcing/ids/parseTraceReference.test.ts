import fc from 'fast-check';
import { parseTraceReference } from './parseTraceReference';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('what people paste to name a trace', () => {
  it.each([
    ['an id of 32 digits', ID, ID, 'id'],
    ['an id in capitals', ID.toUpperCase(), ID, 'id'],
    ['an id of 16 digits', SPAN, `${'0'.repeat(16)}${SPAN}`, 'id'],
    [
      'an id whose leading zeros were cut',
      'f067aa0ba902b7',
      `${'0'.repeat(16)}${SPAN}`,
      'id',
    ],
    [
      'an id with the dashes of a UUID',
      '4bf92f35-77b3-4da6-a3ce-929d0e0e4736',
      ID,
      'id',
    ],
    ['an id with white space around it', `  ${ID}\n`, ID, 'id'],
    ['a traceparent header', `00-${ID}-${SPAN}-01`, ID, 'traceparent'],
    [
      'a traceparent header with its name and quotes',
      `"traceparent: 00-${ID}-${SPAN}-00"`,
      ID,
      'traceparent',
    ],
    [
      'a traceparent of a later version, which may be longer',
      `cc-${ID}-${SPAN}-01-what-the-future-brings`,
      ID,
      'traceparent',
    ],
    ['a b3 header', `b3: ${ID}-${SPAN}-1`, ID, 'b3'],
    ['a b3 header with the parent', `${ID}-${SPAN}-d-${SPAN}`, ID, 'b3'],
    ['a b3 header without a decision', `${ID}-${SPAN}`, ID, 'b3'],
    [
      'an uber-trace-id header',
      `uber-trace-id: ${ID}:${SPAN}:0:1`,
      ID,
      'uber-trace-id',
    ],
    [
      'an uber-trace-id header as it is encoded in HTTP',
      `${ID}%3A${SPAN}%3a0%3A1`,
      ID,
      'uber-trace-id',
    ],
    ['an X-B3-TraceId header', `X-B3-TraceId: ${ID}`, ID, 'id'],
  ])('is read as the id: %s', (_, text, traceId, form) => {
    expect(parseTraceReference(text)).toEqual({ traceId, form });
  });

  it.each([
    ['nothing', ' ', { problem: 'empty' }],
    ['a name alone', 'traceparent:', { problem: 'empty' }],
    ['a sentence', 'the one from yesterday', { problem: 'not-hexadecimal' }],
    ['an id with a letter too many', `${ID}z`, { problem: 'not-hexadecimal' }],
    [
      'a half-copied id',
      ID.slice(0, 20),
      { problem: 'wrong-length', digits: 20 },
    ],
    ['digits beyond an id', `${ID}00`, { problem: 'wrong-length', digits: 34 }],
    ['an id of zeros', '0'.repeat(32), { problem: 'all-zeros' }],
    [
      'a traceparent of zeros',
      `00-${'0'.repeat(32)}-${SPAN}-01`,
      { problem: 'all-zeros' },
    ],
    [
      'a traceparent of the version that is none',
      `ff-${ID}-${SPAN}-01`,
      { problem: 'unknown-version' },
    ],
    [
      'a half-copied traceparent',
      `00-${ID}-00f0`,
      { problem: 'not-hexadecimal' },
    ],
    ['a b3 header without an id', 'b3: 0', { problem: 'no-id' }],
    ['a whole page', 'a'.repeat(301), { problem: 'too-long' }],
  ])('is refused with a reason: %s', (_, text, refusal) => {
    expect(parseTraceReference(text)).toEqual(refusal);
  });

  it('is a trace id of 32 digits or refused, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 400 }),
          fc.stringMatching(/^[0-9a-fA-F:%-]{0,120}$/),
        ),
        text => {
          const read = parseTraceReference(text);
          const id = 'problem' in read ? 'f'.repeat(32) : read.traceId;
          expect(id).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
        },
      ),
    );
  });

  it('names the same trace in every form', () => {
    const hex = (digits: number) =>
      fc.stringMatching(new RegExp(`^[1-9a-f][0-9a-f]{${digits - 1}}$`));
    fc.assert(
      fc.property(hex(32), hex(16), (traceId, spanId) => {
        const forms = [
          traceId,
          traceId.toUpperCase(),
          `00-${traceId}-${spanId}-01`,
          `${traceId}-${spanId}-1`,
          `${traceId}:${spanId}:0:1`,
        ];
        expect(forms.map(text => parseTraceReference(text))).toEqual(
          forms.map(() => expect.objectContaining({ traceId })),
        );
      }),
    );
  });
});
