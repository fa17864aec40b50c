import fc from 'fast-check';
import { mayBePodOf, ownerOfPod } from './podNames';

const SAFE = [...'bcdfghjklmnpqrstvwxz2456789'];
const text = (
  letters: readonly string[],
  minLength: number,
  maxLength: number,
) =>
  fc
    .array(fc.constantFrom(...letters), { minLength, maxLength })
    .map(found => found.join(''));
const random = (length: number) => text(SAFE, length, length);
/** As the API server builds a name from `generateName`. */
const generated = (base: string, end: string) => base.slice(0, 58) + end;

/** How the pods of one owner are called, whatever generation they are of. */
const forms: Record<string, (owner: string) => fc.Arbitrary<string>> = {
  Deployment: owner =>
    fc
      .tuple(random(10), random(5))
      .map(([hash, end]) => generated(`${owner}-${hash}-`, end)),
  DaemonSet: owner => random(5).map(end => generated(`${owner}-`, end)),
  StatefulSet: owner => fc.nat({ max: 120 }).map(n => `${owner}-${n}`),
  DeploymentConfig: owner =>
    fc
      .tuple(fc.integer({ min: 1, max: 400 }), random(5))
      .map(([n, end]) => generated(`${owner}-${n}-`, end)),
  CronJob: owner =>
    fc
      .tuple(fc.integer({ min: 28_000_000, max: 30_000_000 }), random(5))
      .map(([minutes, end]) => generated(`${owner}-${minutes}-`, end)),
  'indexed Job': owner =>
    fc
      .tuple(fc.nat({ max: 99 }), random(5))
      .map(([index, end]) => generated(`${owner}-${index}-`, end)),
};
const owners = fc
  .tuple(
    text([...'abcdeio'], 3, 45),
    fc.constantFrom('', '-worker', '-api-server', '-v2'),
  )
  .map(([name, end]) => name + end);

describe('the owner that a pod\u2019s name points to', () => {
  it.each([
    ['reviews-v2-7d9f8b6c5d-x2x2x', 'reviews-v2'],
    ['agent-x2x2x', 'agent'],
    ['db-0', 'db'],
    ['nightly-report-29390520-x2x4z', 'nightly-report'],
    ['nightly-report-29390520-3-x2x4z', 'nightly-report'],
    ['import-3-x2x4z', 'import'],
    ['cart-14-bcdfg', 'cart'],
    ['standalone', undefined],
    ['-x2x4z', undefined],
  ])('of %s is %s', (pod, owner) => {
    expect(ownerOfPod(pod)).toBe(owner);
  });

  it.each(Object.keys(forms))('is one for all pods of a %s', kind => {
    fc.assert(
      fc.property(
        owners.chain(owner =>
          fc.tuple(
            fc.constant(owner),
            fc.array(forms[kind]!(owner), { minLength: 2, maxLength: 4 }),
          ),
        ),
        ([owner, pods]) => {
          expect(new Set(pods.map(ownerOfPod))).toEqual(new Set([owner]));
        },
      ),
    );
  });

  it.each([
    'checkout-payments-reconciliation-worker-servicexy',
    'enterprise-json-schema-validator-service-44-deployment6-2022',
    'a-name-of-fifty-eight-characters-which-is-cut-behind-itsel',
  ])('is one for pods of several generations whose name is cut: %s', name => {
    const pods = ['6d4b75cb6d', '7f9c6b5d4f', '2222222222'].flatMap(hash =>
      ['x2x4z', 'bcdfg', '24567'].map(end =>
        generated(`${name}-${hash}-`, end),
      ),
    );
    expect(new Set(pods.map(ownerOfPod)).size).toBe(1);
  });
});

describe('whether a pod may be of an owner', () => {
  it.each(Object.keys(forms))('is said of every pod of a %s', kind => {
    const long = text([...'abcde'], 3, 40).map(name => `${name}x`);
    fc.assert(
      fc.property(
        long.chain(owner => fc.tuple(fc.constant(owner), forms[kind]!(owner))),
        ([owner, pod]) => {
          expect(mayBePodOf(pod, owner)).toBe(true);
          expect(mayBePodOf(pod, `${owner}y`)).toBe(false);
        },
      ),
    );
  });

  it('is said of pods whose name is cut', () => {
    const name = 'enterprise-json-schema-validator-service-44-deployment6-2022';
    const pods = [50, 57, 58, 60].map(length => {
      const owner = name.slice(0, length);
      return [owner, generated(`${owner}-6d4b75cb6d-`, 'x2x4z')] as const;
    });
    for (const [owner, pod] of pods) {
      expect(pod).toHaveLength(63);
      expect(mayBePodOf(pod, owner)).toBe(true);
      expect(mayBePodOf(pod, `other-${owner}`)).toBe(false);
    }
  });

  it.each([
    ['reviews-v2-canary-7d9f8b6c5d-x2x2x', 'reviews-v2'],
    ['reviews-v3-7d9f8b6c5d-x2x2x', 'reviews-v2'],
    ['odder', 'odd'],
  ])('is not said of %s and %s', (pod, owner) => {
    expect(mayBePodOf(pod, owner)).toBe(false);
  });
});
