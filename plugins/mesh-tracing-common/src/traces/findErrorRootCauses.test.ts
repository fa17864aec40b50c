import { findErrorRootCauses } from './findErrorRootCauses';
import { shop } from './__testUtils__/shop';
import { sketchTrace, spanIdOf } from './__testUtils__/spans';

describe('findErrorRootCauses', () => {
  it('names the deepest error without a failed child', () => {
    expect(findErrorRootCauses(shop())).toEqual([
      {
        spanId: spanIdOf('a-ext'),
        service: 'a.ns',
        operation: 'a-ext',
        depth: 4,
        message: 'status 503',
        responseFlags: 'UF,URX',
        offsetUs: 50,
      },
      expect.objectContaining({ spanId: spanIdOf('a-in') }),
    ]);
  });

  it('does not blame a span whose child failed', () => {
    const trace = sketchTrace([
      { id: 'p', start: 0, duration: 9, status: 'error' },
      { id: 'c', parent: 'p', start: 1, duration: 1, status: 'error' },
    ]);
    expect(findErrorRootCauses(trace).map(cause => cause.operation)).toEqual([
      'c',
    ]);
  });
});
