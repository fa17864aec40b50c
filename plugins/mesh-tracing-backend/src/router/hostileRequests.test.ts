import { apiRoutes } from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import { overrideRequest, validQuestion } from './__testUtils__/requests';
import {
  startMeshTracing,
  type MeshTracingBench,
  type RouteName,
} from './__testUtils__/startMeshTracing';

const SECRET = 'planted-s3cr3t-token';
const routes = Object.keys(apiRoutes) as RouteName[];

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '../../etc/passwd',
    "'; drop table changes; --",
    '${jndi:ldap://x}',
    '\u0000',
    '%00',
    'x'.repeat(5_000),
  ),
);
const hostileBody = fc.oneof(
  fc.json({ maxDepth: 4 }).map(text => JSON.parse(text)),
  fc
    .dictionary(hostileText, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
    .map(changes => overrideRequest(changes)),
  fc
    .dictionary(hostileText, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
    .map(customTags => overrideRequest({ customTags })),
);

/** Lone surrogates can't be written in a URL. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

describe('hostile requests', () => {
  let bench: MeshTracingBench;
  beforeAll(async () => {
    bench = await startMeshTracing({
      config: {
        traceStores: [
          {
            name: 'guarded',
            jaeger: {
              url: 'http://127.0.0.1:1',
              auth: { type: 'bearer', token: SECRET },
            },
          },
        ],
      },
    });
  });
  afterAll(() => bench.stop());

  const answered = async (
    answer: Promise<{ status: number; text: string }>,
  ) => {
    const { status, text } = await answer;
    expect(status).toBeLessThan(500);
    expect(text).not.toContain(SECRET);
  };

  it('with any body are answered, without a write', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<RouteName>('preview', 'apply', 'revert'),
        hostileBody,
        async (route, body) =>
          answered(
            bench.ask('owner', route, {
              body: typeof body === 'object' && body !== null ? body : [body],
            }),
          ),
      ),
      { numRuns: 300 },
    );
    expect(bench.cluster.writes).toEqual([]);
  });

  it('with any query and path are answered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        fc.dictionary(
          fc.oneof(
            fc.constantFrom(
              'startTimeMs',
              'endTimeMs',
              'tag',
              'limit',
              'owner',
            ),
            hostileText,
          ),
          fc.oneof(hostileText, fc.array(hostileText, { maxLength: 3 })),
          { maxKeys: 3 },
        ),
        hostileText,
        async (route, query, name) =>
          answered(
            bench.ask('owner', route, {
              ...validQuestion(route),
              query,
              entity: `component/default/${encodeURIComponent(
                wellFormed(name),
              )}`,
            }),
          ),
      ),
      { numRuns: 300 },
    );
    expect(bench.cluster.writes).toEqual([]);
  });

  it('leave no secret in the log', () => {
    const { info, warn, error, debug } = bench.logger;
    const logged = [info, warn, error, debug].flatMap(({ mock }) => mock.calls);
    expect(JSON.stringify(logged)).not.toContain(SECRET);
  });
});
