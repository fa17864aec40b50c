import fc from 'fast-check';
import { sketchTrace, type SpanSketch } from '../../testing/traces/spans';
import type { Attributes, TraceSubject } from '../../traces';
import { checkHealthChecks, LEAST_HEALTH_CHECKS } from './checkHealthChecks';
import { checkSpanSize, LARGE_SPAN_BYTES, LEAST_SPANS } from './checkSpanSize';
import { checkTags, LEAST_IDENTITIES, MANY_VALUES } from './checkTags';
import { inspectTraces } from './inspectTraces';
import { mergeInspections } from './mergeInspections';
import { MOST_DISTINCT, MOST_TAGS } from './SpanInspection';
import { valueShape } from './valueShape';

const subject: TraceSubject = { services: ['cart'], workloads: [] };
const request = { subject, salt: 7 };

/** Spans of the cart, each with its attributes. */
function spansWith(attributes: Attributes[], more: Partial<SpanSketch> = {}) {
  const trace = sketchTrace(
    attributes.map((each, i) => ({
      id: String(i).padStart(8, '0'),
      start: i,
      duration: 1,
      service: 'cart',
      kind: 'server',
      attributes: each,
      ...more,
    })),
  );
  return inspectTraces([trace], request);
}
const times = (count: number, of: (i: number) => Attributes) =>
  spansWith(Array.from({ length: count }, (_, i) => of(i)));
const codes = (...args: Parameters<typeof times>) =>
  checkTags(times(...args)).map(({ code }) => code);

const JWT =
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N';
const CARD = '4111 1111 1111 1111';
const uuid = (i: number) =>
  `${i.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;

describe('identities in tags of real spans', () => {
  it.each([
    ['e-mail addresses', (i: number) => `user${i}@example.com`],
    [
      'e-mail addresses in a URL',
      (i: number) => `https://shop/login?mail=user${i}%40example.com&x=1`,
    ],
    ['signed tokens', () => `Bearer ${JWT}`],
    ['card numbers', () => CARD],
  ])('are found by the shape of %s', (_, value) => {
    expect(codes(LEAST_IDENTITIES, i => ({ who: value(i) }))).toEqual([
      'tag-holds-identities',
    ]);
    expect(codes(LEAST_IDENTITIES - 1, i => ({ who: value(i) }))).toEqual([]);
  });

  it('are found in tags of Envoy, too', () => {
    expect(
      codes(3, i => ({ 'http.url': `https://shop/?mail=u${i}@example.com` })),
    ).toEqual(['tag-holds-identities']);
  });

  it('are none where a few of many values look so', () => {
    expect(
      codes(1000, i => ({ note: i < 9 ? `u${i}@example.com` : 'none' })),
    ).toEqual([]);
  });

  it('are none where numbers pass the check of a card by chance', () => {
    expect(
      codes(90, i => ({ order: String(4_000_000_000_000_000 + i) })),
    ).toEqual([]);
  });

  it('never leave: a finding and what it is made of hold no value', () => {
    const found = times(20, i => ({ who: `person${i}@example.com`, id: JWT }));

    expect(JSON.stringify(found)).not.toMatch(/person|example|eyJ/);
    expect(JSON.stringify(checkTags(found))).not.toMatch(/person|example|eyJ/);
  });

  it('of others are left out', () => {
    const { tags, spanCount } = spansWith(
      Array.from({ length: 5 }, (_, i) => ({ who: `u${i}@example.com` })),
      { service: 'billing' },
    );

    expect({ tags, spanCount }).toEqual({ tags: [], spanCount: 0 });
  });
});

describe('the shape of a value', () => {
  it.each([
    ['jane.doe+x@mail.example.co.uk', 'email'],
    [JWT, 'token'],
    [uuid(1), 'uuid'],
    [CARD, 'card-number'],
    ['4111111111111112', undefined],
    ['10.0.0.7:8080', 'ip-address'],
    ['2001:db8::1', 'ip-address'],
    ['12:30:45 today', undefined],
    ['user@host', undefined],
    ['@@@@', undefined],
    ['outbound|9080||reviews.shop.svc.cluster.local', undefined],
    ['200', undefined],
  ])('%s is of shape %p', (value, shape) => {
    expect(valueShape(value)).toBe(shape);
  });
});

describe('a tag of high cardinality', () => {
  it('has nearly as many values as spans', () => {
    expect(codes(MANY_VALUES, i => ({ order: uuid(i) }))).toEqual([
      'tag-of-high-cardinality',
    ]);
    expect(codes(MANY_VALUES - 1, i => ({ order: uuid(i) }))).toEqual([]);
  });

  it('is none whose values come again', () => {
    expect(
      codes(4 * MANY_VALUES, i => ({ shop: `s${i % MANY_VALUES}` })),
    ).toEqual([]);
  });

  it('is none of those that Envoy, Istio or OpenTelemetry set', () => {
    expect(
      codes(MANY_VALUES, i => ({
        'guid:x-request-id': uuid(i),
        'url.path': `/orders/${i}`,
        node_id: `sidecar~10.0.0.${i}`,
        'istio.mesh_id': String(i),
      })),
    ).toEqual([]);
  });
});

describe('counting of tags', () => {
  it('takes bounded memory, whatever spans hold', () => {
    const found = inspectTraces(
      [
        sketchTrace(
          Array.from({ length: 30 }, (_, i) => ({
            id: String(i).padStart(8, '0'),
            start: i,
            duration: 1,
            service: 'cart',
            attributes: Object.fromEntries(
              Array.from({ length: 100 }, (_each, j) => [`t${i}-${j}`, j]),
            ),
          })),
        ),
      ],
      request,
    );

    expect(found.tags).toHaveLength(MOST_TAGS);
    expect(found.hasAllTags).toBe(false);
    const many = times(MOST_DISTINCT + 50, i => ({ id: `v${i}` }));
    expect(many.tags[0]?.distinct).toHaveLength(MOST_DISTINCT);
    expect(checkTags(many)[0]?.what).toContain('1000 or more');
  });

  it('in parts comes to the same as at once', () => {
    const values = fc.array(
      fc.record({
        a: fc.constantFrom('x', 'y', 'z@example.com'),
        b: fc.nat(50),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(values, values, (first, second) => {
        const parts = mergeInspections([spansWith(first), spansWith(second)]);
        const whole = spansWith([...first, ...second]);
        const counted = ({ tags }: typeof whole) =>
          tags.map(({ distinct, ...rest }) => ({
            ...rest,
            distinct: [...distinct].sort((a, b) => a - b),
          }));
        expect(counted(parts)).toEqual(counted(whole));
        expect(parts.byteCount).toBe(whole.byteCount);
        expect(parts.requestCount).toBe(whole.requestCount);
      }),
    );
  });
});

describe('health checks', () => {
  const checks = (healthy: number, others: number, probe: Attributes) =>
    checkHealthChecks(
      times(healthy + others, i =>
        i < healthy ? probe : { 'url.path': '/cart' },
      ),
    );

  it.each<[string, Attributes]>([
    ['a path', { 'url.path': '/healthz' }],
    ['a path below it', { 'http.target': '/actuator/health/readiness?x=1' }],
    ['a URL', { 'http.url': 'http://10.0.0.7:8080/ready/' }],
    ['a kubelet', { user_agent: 'kube-probe/1.31' }],
    ['a load balancer', { 'user_agent.original': 'GoogleHC/1.0' }],
    ['gRPC', { 'rpc.service': 'grpc.health.v1.Health' }],
  ])(
    'are known by %s, and told of where they are a large share',
    (_, probe) => {
      expect(checks(30, 30, probe)).toMatchObject({
        code: 'health-checks-traced',
        what: '50 % of the traced requests are health checks (30 of 60 that were looked at).',
      });
    },
  );

  it.each([
    ['a small share', 15, 185],
    ['few', LEAST_HEALTH_CHECKS - 1, 0],
    ['none', 0, 100],
  ])('are not told of where they are %s', (_, healthy, others) => {
    expect(checks(healthy, others, { 'url.path': '/healthz' })).toBeUndefined();
  });

  it.each([
    '/health-insurance',
    '/cart/readying',
    'https://health.example.com',
  ])('are not meant by %s', text => {
    expect(
      checks(50, 0, { 'url.path': text, 'http.url': text }),
    ).toBeUndefined();
  });
});

describe('the size of spans', () => {
  const sized = (bytes: number, count = LEAST_SPANS) =>
    checkSpanSize(times(count, () => ({ body: 'x'.repeat(bytes), a: 1 })));

  it('is told of with the largest tags where they are several times a usual one', () => {
    expect(sized(LARGE_SPAN_BYTES)).toMatchObject({
      code: 'spans-large',
      what: expect.stringContaining('the largest tags are body, a'),
    });
  });

  it('is not told of below that, nor of a few spans', () => {
    expect(sized(LARGE_SPAN_BYTES - 300)).toBeUndefined();
    expect(sized(LARGE_SPAN_BYTES, LEAST_SPANS - 1)).toBeUndefined();
  });
});
