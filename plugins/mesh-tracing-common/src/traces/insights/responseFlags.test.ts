import { describeResponseFlags } from './responseFlags';

describe('describeResponseFlags', () => {
  it.each([
    [
      'UF,URX',
      'the called service could not be connected to (UF), the limit of retries was reached (URX)',
    ],
    ['UH', 'no instance of the called service is healthy (UH)'],
    ['-', ''],
    ['', ''],
    [
      'NEW, UO',
      'NEW, a circuit breaker is open: too many requests are under way (UO)',
    ],
  ])('puts %j into words, and leaves what it does not know', (flags, words) => {
    expect(describeResponseFlags(flags)).toBe(words);
  });
});
