import { parseWarnings } from './parseWarnings';

describe('parseWarnings', () => {
  it.each([
    [[], []],
    [
      ['299 - "multiple tracing is not supported"'],
      ['multiple tracing is not supported'],
    ],
    [
      ['299 - "a, \\"b\\"", 299 - "c"', '299 istiod "d"'],
      ['a, "b"', 'c', 'd'],
    ],
    [['nonsense'], []],
  ])('reads the headers %j as the texts %j', (headers, expected) => {
    expect(parseWarnings(headers)).toEqual(expected);
  });
});
