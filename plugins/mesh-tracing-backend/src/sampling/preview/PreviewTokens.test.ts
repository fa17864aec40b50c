import { errorDetailsOf } from '../../shared/errorDetails';
import { PreviewTokens } from './PreviewTokens';

const CLAIMS = {
  user: 'user:default/olivia',
  entity: 'component:default/cart',
  workload: 'demo/shop/Deployment/cart',
  form: 'form',
  content: 'content',
  change: 'change',
  base: null,
};

describe('a token of a preview', () => {
  const tokens = PreviewTokens.create({ secret: 'not-a-real-secret' });
  const { token, expMs } = tokens.issue(CLAIMS, 0);

  it('holds until its time is over', () => {
    expect(tokens.verify(token, expMs - 1)).toEqual(CLAIMS);
  });

  it('leaves out what it is based on where that is too large, however well it packs', () => {
    const baseYaml = `reason: ${'x'.repeat(1024 * 1024)}`;
    const large = tokens.issue({ ...CLAIMS, baseYaml }, 0).token;
    expect(tokens.verify(large, 0)).toEqual(CLAIMS);
    const small = tokens.issue({ ...CLAIMS, baseYaml: 'spec: {}' }, 0).token;
    expect(tokens.verify(small, 0)).toEqual({
      ...CLAIMS,
      baseYaml: 'spec: {}',
    });
  });

  it('is refused with the field token once it is too old, unlike a conflict with a colleague', () => {
    let error: unknown;
    try {
      tokens.verify(token, expMs);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: 'ConflictError' });
    expect(errorDetailsOf(error)).toEqual({ system: 'portal', field: 'token' });
  });
});
