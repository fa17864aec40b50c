import { slowInput } from '../testing/patterns/slowInput';
import {
  constructedPatterns,
  contractPatterns,
  sourcePatterns,
} from '../testing/repository/sourcePatterns';

describe('every regular expression of the product', () => {
  const patterns = [...sourcePatterns(), ...contractPatterns()];

  it('is found', () => {
    expect(patterns.length).toBeGreaterThan(80);
  });

  it.each(patterns)(
    'takes time in proportion to its input, at $at: $pattern',
    ({ pattern }) => {
      expect(slowInput(pattern)).toBeUndefined();
    },
    60_000,
  );

  it('is constant, so that it can be tried before it runs', () => {
    expect(constructedPatterns()).toEqual([]);
  });
});

describe('the inputs that patterns are tried on', () => {
  it.each([
    String.raw`\b[a-z][a-z0-9+.-]*:\/\/[^\s]+`,
    String.raw`\b(?:(?:[a-z0-9-]+\.)+[a-z0-9-]+:\d{1,5})\b`,
    String.raw`\/+$`,
    String.raw`^(a+)+$`,
    String.raw`^-+|-+$`,
    String.raw`\s+$`,
    String.raw`[^=]+=.+`,
    String.raw`admission webhook .* denied`,
    String.raw`^(.+)-[a-z0-9]{6,10}-[a-z0-9]{5}x(.+)-y(.+)-z$`,
  ])('find that %s is not linear', source => {
    expect(slowInput(new RegExp(source, 'gi'))).toBeDefined();
  });
});
