import { InputError, NotAllowedError } from '@backstage/errors';
import { ApiServerError, toPortalError } from '../../clusters';
import { failureKey } from './failureKey';

const REQUEST = { verb: 'delete', namespace: 'shop', name: 'cart' } as const;
const refusal = (cluster: string, words: string, statusCode = 403) =>
  toPortalError(
    cluster,
    REQUEST,
    new ApiServerError('refused', words, { statusCode }),
  );

describe('two failures of a write', () => {
  it.each<[string, Error, Error, boolean]>([
    [
      'are the same where the portal words them otherwise',
      refusal('main', 'policy says no'),
      refusal('renamed', 'policy says no'),
      true,
    ],
    [
      'differ where the API server gives another reason',
      refusal('main', 'policy says no'),
      refusal('main', 'quota says no'),
      false,
    ],
    [
      'differ where the kind of refusal differs',
      refusal('main', 'no'),
      refusal('main', 'no', 422),
      false,
    ],
    [
      'are told apart by their text where that is all there is',
      new NotAllowedError('a'),
      new NotAllowedError('b'),
      false,
    ],
    [
      'are told apart by their type',
      new NotAllowedError('a'),
      new InputError('a'),
      false,
    ],
  ])('%s', (_, a, b, isSame) => {
    expect(failureKey(a) === failureKey(b)).toBe(isSame);
  });

  it('have keys that fit into their column', () => {
    expect(failureKey(new Error('x'.repeat(10_000)))).toHaveLength(64);
  });
});
