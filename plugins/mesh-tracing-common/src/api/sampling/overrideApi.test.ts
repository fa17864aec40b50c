import {
  applyRequestSchema,
  overrideRequestSchema,
  revertRequestSchema,
} from './overrideApi';

const workload = {
  cluster: 'main',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'cart',
};
const override = { workload, samplingPercent: 50, expiresAt: null };

const previewed = (reason: string) =>
  overrideRequestSchema.safeParse({ ...override, reason });
const applied = (reason: string) =>
  applyRequestSchema.safeParse({
    override: { ...override, reason },
    token: 'token',
    requestId: '3c7a3b8e-6b7c-4ca6-9d4e-24b6cf3e3f1d',
  });
const reverted = (reason: string) =>
  revertRequestSchema.safeParse({
    workload,
    uid: 'u',
    resourceVersion: '1',
    reason,
  });

describe.each([
  ['a preview', previewed],
  ['an apply', applied],
  ['a revert', reverted],
])('the reason of %s', (_, parse) => {
  it.each(['\0', 'slow\0query', `${'x'.repeat(999)}\0`])(
    'must not hold the character NUL, which PostgreSQL stores nowhere: %j',
    reason => {
      expect(parse(reason).error?.issues).toMatchObject([
        { message: 'The reason must not hold the character NUL' },
      ]);
    },
  );

  it.each(['', '\u0001', 'two\nlines', '\\u0000', '\ufeff', '🐌'])(
    'may hold any other: %j',
    reason => {
      expect(parse(reason).success).toBe(true);
    },
  );
});
