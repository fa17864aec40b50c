import fc from 'fast-check';
import { ResponseTooLargeError } from './ResponseTooLargeError';
import { SpanLimiter } from './SpanLimiter';

const encoder = new TextEncoder();

/** What is kept of a text that arrives in pieces of a size. */
function limited(text: string, spans: number, size: number, bytes = 1e6) {
  const limiter = new SpanLimiter({ spans, bytes });
  const whole = encoder.encode(text);
  const kept: number[] = [];
  for (let at = 0; at < whole.length; at += size) {
    for (const part of limiter.push(whole.subarray(at, at + size))) {
      kept.push(...part);
    }
  }
  return {
    text: new TextDecoder().decode(Uint8Array.from(kept)),
    ...limiter.counts,
  };
}

describe('SpanLimiter', () => {
  const anySpan = fc.record({
    name: fc.oneof(
      fc.string(),
      fc.constantFrom('spans', '"spans":[{', '\\', ']}', '{'),
    ),
    spans: fc.constantFrom<unknown>('spans', null, 1),
    tags: fc.array(fc.record({ key: fc.string(), value: fc.string() }), {
      maxLength: 3,
    }),
  });

  it('keeps the first spans of any body, however it is cut into pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anySpan, { maxLength: 4 }), { maxLength: 4 }),
        fc.nat({ max: 12 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 1),
        (groups, most, size, indent) => {
          const bodyOf = (lists: unknown[][]) => ({
            note: 'spans',
            groups: lists.map(spans => ({ scope: {}, spans, after: [1, 2] })),
          });
          const sent = groups.flat().length;
          let room = most;
          const expected = groups.map(group => {
            const kept = group.slice(0, room);
            room -= kept.length;
            return kept;
          });
          const text = JSON.stringify(bodyOf(groups), null, indent);
          const result = limited(text, most, size);
          expect(JSON.parse(result.text)).toEqual(bodyOf(expected));
          expect(result.sent).toBe(sent);
          expect(result.kept).toBe(Math.min(most, sent));
        },
      ),
    );
  });

  it('leaves out spans for which there is no room', () => {
    const spans = Array.from({ length: 40 }, () => ({ x: 'y'.repeat(4_000) }));
    const result = limited(JSON.stringify({ spans }), 1_000, 512, 20_000);
    expect(result.sent).toBe(40);
    expect(result.kept).toBeGreaterThan(4);
    expect(result.kept).toBeLessThan(15);
    expect(JSON.parse(result.text).spans).toHaveLength(result.kept);
  });

  it('refuses what is too large without its spans', () => {
    const text = JSON.stringify({ other: 'y'.repeat(30_000), spans: [] });
    expect(() => limited(text, 10, 512, 20_000)).toThrow(ResponseTooLargeError);
  });
});
