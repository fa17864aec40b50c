import { checkRenamed } from './checkRenamed';
import {
  checkRetention,
  EXPECTED_TRACES,
  LEAST_MISSING_MS,
  LEAST_NAMES,
  type RetentionInput,
} from './checkRetention';

const HOUR_MS = 3_600_000;
const window = { startTimeMs: 0, endTimeMs: HOUR_MS };
const name = (of: string, from: number, to: number, spanCount = 20) => ({
  name: of,
  spanCount,
  firstMs: from * HOUR_MS,
  lastMs: to * HOUR_MS,
});
const renamed = (...names: Array<ReturnType<typeof name>>) =>
  checkRenamed({ ...window, names });

describe('a service that was renamed', () => {
  it('is told by a name that ended as another began', () => {
    expect(
      renamed(name('cart.shop', 0.5, 1), name('cart', 0, 0.49)),
    ).toMatchObject({
      code: 'service-renamed',
      evidence: [
        { fact: 'former-name', value: 'cart' },
        { fact: 'present-name', value: 'cart.shop' },
        { fact: 'changed-at', value: HOUR_MS / 2 },
      ],
    });
  });

  it('may have both names for the time of a rollout', () => {
    expect(renamed(name('a', 0, 0.52), name('b', 0.45, 1))).toBeDefined();
  });

  it.each([
    ['two names all the time', [name('a', 0, 1), name('b', 0, 1)]],
    ['a long time between them', [name('a', 0, 0.3), name('b', 0.6, 1)]],
    ['a former name up to the end', [name('a', 0, 0.95), name('b', 0.9, 1)]],
    ['a present name from the start', [name('a', 0, 0.06), name('b', 0.05, 1)]],
    ['both for long', [name('a', 0, 0.6), name('b', 0.45, 1)]],
    ['too few spans', [name('a', 0, 0.5, 2), name('b', 0.5, 1)]],
    ['one name', [name('a', 0, 0.5)]],
  ])('is not told by %s', (_, names) => {
    expect(renamed(...names)).toBeUndefined();
  });
});

const retention = (input: Partial<RetentionInput>) =>
  checkRetention({
    ...window,
    oldestTraceMs: HOUR_MS / 2,
    others: { askedCount: LEAST_NAMES, haveOlder: false },
    ...input,
  });

describe('a store that keeps traces for less than the range', () => {
  it('is a note where none of several other names has older ones', () => {
    expect(retention({})).toMatchObject({
      code: 'retention-shorter-than-range',
      severity: 'info',
      what: expect.stringContaining('30 minutes'),
    });
  });

  it('is a warning where metrics prove that there were requests', () => {
    expect(
      retention({ others: undefined, expectedBefore: EXPECTED_TRACES })
        ?.severity,
    ).toBe('warning');
  });

  it.each<[string, Partial<RetentionInput>]>([
    [
      'another name has older traces',
      {
        expectedBefore: 1000,
        others: { askedCount: 1, haveOlder: true },
      },
    ],
    [
      'too few names could be compared',
      { others: { askedCount: LEAST_NAMES - 1, haveOlder: false } },
    ],
    [
      'chance could be the reason',
      { others: undefined, expectedBefore: EXPECTED_TRACES - 1 },
    ],
    ['there are traces from the start on', { oldestTraceMs: 0 }],
    ['a short time is missing', { oldestTraceMs: LEAST_MISSING_MS - 1 }],
    ['there are no traces at all', { oldestTraceMs: undefined }],
  ])('is not told of where %s', (_, input) => {
    expect(retention(input)).toBeUndefined();
  });

  it('is not told of for a small part of a long range', () => {
    const endTimeMs = 24 * HOUR_MS;

    expect(
      retention({ endTimeMs, oldestTraceMs: 2 * HOUR_MS }),
    ).toBeUndefined();
    expect(retention({ endTimeMs, oldestTraceMs: 3 * HOUR_MS })).toBeDefined();
  });
});
