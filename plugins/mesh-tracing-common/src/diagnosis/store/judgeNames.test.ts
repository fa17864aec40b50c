import { judgeNames, namesUnread, type NamesFacts } from './judgeNames';

const facts = (patch: Partial<NamesFacts> = {}): NamesFacts => ({
  store: 'main',
  atMs: 1,
  workload: {
    cluster: 'main',
    namespace: 'bookinfo',
    kind: 'Deployment',
    name: 'reviews-v1',
  },
  asked: [
    {
      name: 'reviews.bookinfo',
      reason: 'Istio: label app and namespace',
      found: false,
    },
  ],
  isAnnotated: false,
  entityFound: [],
  storedCount: 7,
  near: [],
  proven: [],
  ...patch,
});
const found = [
  { name: 'reviews.bookinfo', reason: 'Istio: label app', found: true },
];

describe('the rung of the names', () => {
  it('is good where one of the names is in the store, even if spans are under others', () => {
    const rung = judgeNames(facts({ asked: found, near: ['reviews'] }));
    expect(rung).toMatchObject({ id: 'names', verdict: 'good' });
    expect(rung.cause).toContain("'reviews.bookinfo'");
  });

  it('is broken where spans of the workload are under another name, which the annotation adds to those of the entity', () => {
    const rung = judgeNames(
      facts({
        near: ['reviews'],
        proven: ['reviews'],
        entityFound: ['ratings.bookinfo'],
        provenScheme: 'CANONICAL_NAME_ONLY',
      }),
    );
    expect(rung).toMatchObject({ verdict: 'broken', code: 'names-other' });
    expect(rung.mends).toMatchObject([
      {
        kind: 'yaml',
        yaml: expect.stringContaining(
          'meshtracing.io/service-names: ratings.bookinfo,reviews',
        ),
      },
      {
        kind: 'command',
        command: 'kubectl -n bookinfo rollout restart deployment/reviews-v1',
      },
      { kind: 'advice', what: expect.stringContaining('CANONICAL_NAME_ONLY') },
    ]);
  });

  it('blames the annotation where the entity lists the names', () => {
    const rung = judgeNames(
      facts({ isAnnotated: true, proven: ['reviews.bookinfo'] }),
    );
    expect(rung).toMatchObject({
      verdict: 'broken',
      code: 'names-annotation-wrong',
    });
    expect(rung.mends).toHaveLength(1);
  });

  it('is doubtful where a name is only similar', () => {
    expect(judgeNames(facts({ near: ['reviws.bookinfo'] }))).toMatchObject({
      verdict: 'doubtful',
      code: 'names-near',
      mends: [{ yaml: expect.stringContaining('reviws.bookinfo') }],
    });
  });

  it('is unknown where nothing is similar, as no span may have arrived', () => {
    expect(judgeNames(facts())).toMatchObject({
      verdict: 'unknown',
      code: 'names-absent',
      needs: expect.stringContaining('A first span'),
    });
    expect(judgeNames(facts({ asked: [] })).code).toBe('names-absent');
  });

  it('is unknown where the names may not be read', () => {
    expect(namesUnread('Withheld.', 1, 'a permission')).toMatchObject({
      verdict: 'unknown',
      code: 'names-unread',
      needs: 'a permission',
    });
  });
});
