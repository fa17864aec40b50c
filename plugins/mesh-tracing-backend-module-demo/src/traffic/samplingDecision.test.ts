import {
  decideSampling,
  formatRequestId,
  type RequestId,
  type SamplingRule,
} from './samplingDecision';

const rule = (samplingParts: number, mayDrop = true): SamplingRule => ({
  samplingParts,
  usesRequestId: true,
  mayDrop,
});
const requestId = (head: number, isSampled = false): RequestId => ({
  head,
  rest: 0x12345678,
  isSampled,
});

describe('decideSampling', () => {
  it('samples when the number in the request id is below the parts', () => {
    expect(decideSampling(rule(1000), undefined, requestId(20_999))).toEqual({
      isSampled: true,
      requestId: requestId(20_999, true),
    });
    expect(decideSampling(rule(1000), undefined, requestId(21_000))).toEqual({
      isSampled: false,
      requestId: requestId(21_000),
    });
  });

  it('never samples at 0 and always at 100 %', () => {
    expect(decideSampling(rule(0), undefined, requestId(0)).isSampled).toBe(
      false,
    );
    expect(
      decideSampling(rule(10_000), undefined, requestId(9_999)).isSampled,
    ).toBe(true);
  });

  it('keeps an earlier yes that the request id carries', () => {
    const context = { isSampled: true };
    expect(
      decideSampling(rule(0), context, requestId(9_999, true)).isSampled,
    ).toBe(true);
  });

  it('drops what the parent sampled when the own answer is no', () => {
    const context = { isSampled: true };
    expect(decideSampling(rule(100), context, requestId(9_999)).isSampled).toBe(
      false,
    );
  });

  it('follows the parent before Istio 1.31', () => {
    const context = { isSampled: true };
    expect(
      decideSampling(rule(100, false), context, requestId(9_999)).isSampled,
    ).toBe(true);
  });

  it('never adds to what the parent did not sample', () => {
    const context = { isSampled: false };
    expect(decideSampling(rule(10_000), context, requestId(1)).isSampled).toBe(
      false,
    );
    expect(
      decideSampling(rule(10_000, false), context, requestId(1)).isSampled,
    ).toBe(false);
  });

  it('always answers yes where the request id is not used', () => {
    const ignoring = { ...rule(0), usesRequestId: false };
    const id = requestId(9_999);
    expect(decideSampling(ignoring, undefined, id)).toEqual({
      isSampled: true,
      requestId: id,
    });
  });
});

describe('formatRequestId', () => {
  it('is a UUID whose 15th character tells the decision', () => {
    const undecided = formatRequestId(requestId(0xabcdef));
    expect(undecided).toMatch(
      /^00abcdef-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    );
    expect(formatRequestId(requestId(0xabcdef, true))[14]).toBe('9');
  });
});
