import { arrivalUnread, judgeArrival, type ArrivalFacts } from './judgeArrival';

const NOW = 1_700_000_000_000;
const facts = (patch: Partial<ArrivalFacts> = {}): ArrivalFacts => ({
  store: 'main',
  atMs: NOW,
  windowMs: 3_600_000,
  traceCount: 0,
  othersCount: 0,
  searched: ['reviews.bookinfo'],
  lookedThrough: [],
  otherNames: [],
  entityFound: [],
  ...patch,
});
const tenant = (isOfProvider: boolean, providerTenants = ['shop']) => ({
  header: 'x-tenant',
  isOfProvider,
  providerTenants,
});

describe('the rung of the arrival', () => {
  it('is good where spans of the workload are in the window', () => {
    expect(
      judgeArrival(facts({ traceCount: 3, tenant: tenant(false) })),
    ).toMatchObject({ id: 'arrival', verdict: 'good' });
  });

  it('is broken where the provider writes to another tenant, and gives that one', () => {
    const rung = judgeArrival(facts({ tenant: tenant(false) }));
    expect(rung).toMatchObject({
      verdict: 'broken',
      code: 'arrival-other-tenant',
      mends: [{ kind: 'config', yaml: expect.stringContaining('value: shop') }],
    });
    expect(judgeArrival(facts({ tenant: tenant(true) })).code).toBe(
      'arrival-none',
    );
    expect(judgeArrival(facts({ tenant: tenant(false, []) })).code).toBe(
      'arrival-none',
    );
  });

  it('is broken where spans of the workload are under another name', () => {
    expect(
      judgeArrival(
        facts({ otherNames: ['reviews'], entityFound: ['reviews.bookinfo'] }),
      ),
    ).toMatchObject({
      verdict: 'broken',
      code: 'arrival-other-name',
      mends: [{ yaml: expect.stringContaining('reviews.bookinfo,reviews') }],
    });
  });

  it('is good where spans arrive, but are dated after the window: that is for another rung', () => {
    expect(
      judgeArrival(facts({ newestAfterMs: NOW + 3_600_000 })).verdict,
    ).toBe('good');
  });

  it('is doubtful where what is under the names was sent by others', () => {
    expect(judgeArrival(facts({ othersCount: 4 }))).toMatchObject({
      verdict: 'doubtful',
      code: 'arrival-of-others',
    });
  });

  it('is doubtful where nothing is found, and tells of the newest before the window', () => {
    const rung = judgeArrival(facts({ newestBeforeMs: NOW - 2 * 3_600_000 }));
    expect(rung).toMatchObject({
      verdict: 'doubtful',
      code: 'arrival-none',
      mends: [{ kind: 'action', action: 'choose-window' }],
    });
    expect(rung.evidence.map(({ seen }) => seen)).toContain(
      'The newest one before the window began 2 h ago.',
    );
  });

  it('is unknown where nothing could be read', () => {
    expect(arrivalUnread('It is away.', NOW)).toMatchObject({
      verdict: 'unknown',
      code: 'arrival-unread',
      needs: expect.stringContaining('mesh-tracing.traces.read'),
    });
  });
});
