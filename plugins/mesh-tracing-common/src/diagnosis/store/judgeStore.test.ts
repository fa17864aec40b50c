import { judgeNoStore, judgeStore, storeWithheld } from './judgeStore';
import type { StoreFacts, StoreProblemFacts } from './StoreFacts';

const NOW = 1_700_000_000_000;

const facts = (patch: Partial<StoreFacts> = {}): StoreFacts => ({
  name: 'main',
  atMs: NOW,
  dialect: 'summaries',
  version: '2.21.0',
  latencyMs: 12,
  serviceCount: 4,
  clockAheadMs: 300,
  clockErrorMs: 510,
  ...patch,
});

const broken = (
  problem: Partial<StoreProblemFacts> & { code: string },
  patch: Partial<StoreFacts> = {},
) =>
  judgeStore(
    facts({
      ...patch,
      problem: { message: "Trace store 'main' fails", ...problem },
    }),
  );

const yamlOf = (rung: ReturnType<typeof judgeStore>) =>
  rung.mends.flatMap(mend => ('yaml' in mend ? mend.yaml : []))[0];

describe('the rung of the store', () => {
  it('is good for a store that answers, and tells dialect, version, time, names, clock, tenant and age', () => {
    const rung = judgeStore(
      facts({
        tenant: { header: 'x-tenant' },
        oldestSeenMs: NOW - 50 * 60_000,
      }),
    );
    expect(rung).toMatchObject({ id: 'store', verdict: 'good', mends: [] });
    expect(rung.code).toBeUndefined();
    expect(rung.evidence.map(({ seen }) => seen).join(' ')).toBe(
      "It answers (dialect summaries, version 2.21.0), within 12 ms. It holds 4 service names. The portal names a tenant, by the header x-tenant. Its clock is 300 ms ahead of the portal's, give or take 510 ms. It keeps traces for at least 50 min.",
    );
  });

  it.each([
    [{ code: 'unreachable', failure: 'ECONNREFUSED' }, 'store-down'],
    [{ code: 'unreachable', failure: '' }, 'store-down'],
    [{ code: 'behind-proxy', status: 503 }, 'store-down'],
    [{ code: 'unreachable', failure: 'ENOTFOUND' }, 'store-host-unknown'],
    [{ code: 'unreachable', failure: 'EAI_AGAIN' }, 'store-host-unknown'],
    [
      { code: 'unreachable', failure: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      'store-tls',
    ],
    [{ code: 'unreachable', failure: 'CERT_HAS_EXPIRED' }, 'store-tls'],
    [
      { code: 'unreachable', failure: 'ERR_SSL_WRONG_VERSION_NUMBER' },
      'store-tls',
    ],
    [{ code: 'unreachable', failure: 'HPE_INVALID_CONSTANT' }, 'store-tls'],
    [{ code: 'timed-out' }, 'store-too-slow'],
    [{ code: 'overloaded' }, 'store-too-slow'],
    [{ code: 'redirects-away', host: 'login.example' }, 'store-login-page'],
    [{ code: 'no-dialect', standsThere: 'login-page' }, 'store-login-page'],
    [
      { code: 'redirects-away', host: 'jaeger.example', isSameHost: true },
      'store-moved',
    ],
    [{ code: 'no-dialect', answersAtPath: '/jaeger' }, 'store-wrong-path'],
    [{ code: 'dialect-missing', answersAtPath: '' }, 'store-wrong-path'],
    [{ code: 'no-dialect', standsThere: 'jaeger-page' }, 'store-wrong-path'],
    [{ code: 'no-dialect', standsThere: 'page' }, 'store-not-jaeger'],
    [{ code: 'unexpected-answer' }, 'store-not-jaeger'],
    [{ code: 'dialect-missing' }, 'store-dialect-missing'],
    [{ code: 'tenant-missing' }, 'store-tenant-missing'],
    [{ code: 'tenant-unknown' }, 'store-tenant-unknown'],
    [{ code: 'credentials-refused', status: 403 }, 'store-credentials-refused'],
    [{ code: 'storage-failed', status: 500 }, 'store-storage-failed'],
    [{ code: 'a problem of tomorrow' }, 'store-failed'],
  ] as Array<[StoreProblemFacts, string]>)(
    'is broken for the problem %j as %s',
    (problem, code) => {
      expect(broken(problem)).toMatchObject({
        id: 'store',
        verdict: 'broken',
        code,
        cause: "Trace store 'main' fails.",
      });
    },
  );

  it('gives the base path under which Jaeger answers as configuration', () => {
    const rung = broken({ code: 'no-dialect', answersAtPath: '/jaeger' });
    expect(yamlOf(rung)).toBe(
      'meshTracing:\n  traceStores:\n    - name: main\n      jaeger:\n        basePath: /jaeger\n',
    );
  });

  it('says which path to leave out of the url, to which a base path is added', () => {
    const [mend] = broken({
      code: 'no-dialect',
      answersAtPath: '/jaeger',
      pathInUrl: '/wrong',
    }).mends;
    expect(mend?.what).toBe(
      "Leave the path '/wrong' out of url, and set the base path",
    );
  });

  it('names the tenant that the mesh writes to where there is one, and leaves it open where there are several', () => {
    const unknown = { code: 'tenant-unknown' };
    const one = broken(unknown, { providerTenants: ['shop'] });
    expect(yamlOf(one)).toContain('value: shop');
    const two = broken(unknown, { providerTenants: ['shop', 'bank'] });
    expect(yamlOf(two)).toContain('value: ${TRACE_STORE_TENANT}');
  });

  it('is broken where a store that keeps tenants apart is empty for the one asked, and good where it keeps none apart', () => {
    const empty = (isEnforced: boolean) =>
      judgeStore(
        facts({ serviceCount: 0, tenant: { header: 'x-org', isEnforced } }),
      );
    expect(empty(true)).toMatchObject({
      verdict: 'broken',
      code: 'store-tenant-empty',
    });
    expect(yamlOf(empty(true))).toContain('header: x-org');
    expect(empty(false).verdict).toBe('good');
  });

  it.each([
    [5_000, 'good', undefined],
    [-10_400, 'good', undefined],
    [20_000, 'doubtful', 'store-clock-drift'],
    [-20_000, 'doubtful', 'store-clock-drift'],
    [3_600_000, 'broken', 'store-clock-off'],
    [-3_600_000, 'broken', 'store-clock-off'],
  ])('takes a clock that is %d ms ahead as %s', (aheadMs, verdict, code) => {
    const rung = judgeStore(facts({ clockAheadMs: aheadMs }));
    expect([rung.verdict, rung.code]).toEqual([verdict, code]);
  });

  it('is unknown where traces are withheld, and names the permission', () => {
    expect(storeWithheld(NOW)).toMatchObject({
      verdict: 'unknown',
      needs: 'mesh-tracing.traces.read',
    });
  });

  it.each([
    ['none', 'store-not-configured', 'url: http://jaeger-query'],
    ['several', 'store-not-chosen', 'traceStore: main'],
    ['unknown-name', 'store-name-unknown', 'meshtracing.io/trace-store: main'],
  ] as const)(
    'is broken where the choice of a store is: %s',
    (reason, code, yaml) => {
      const rung = judgeNoStore({
        reason,
        known: reason === 'none' ? [] : ['main', 'other'],
        named: 'mian',
        cluster: 'east',
        atMs: NOW,
      });
      expect(rung).toMatchObject({ id: 'store', verdict: 'broken', code });
      expect(yamlOf(rung)).toContain(yaml);
    },
  );
});
