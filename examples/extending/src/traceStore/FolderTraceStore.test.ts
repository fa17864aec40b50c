import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { otlpTrace } from '../testing/otlpTrace';
import { component, startPortal } from '../testing/startPortal';
import { folderTraceStoreModule } from './module';

const FINE = 'a'.repeat(32);
const FAILED = 'b'.repeat(32);
const OTHER = 'c'.repeat(32);
const AT_MS = 1_790_000_000_000;
const WINDOW = `startTimeMs=${AT_MS - 60_000}&endTimeMs=${AT_MS + 60_000}`;

const checkout = (failed: boolean) => [
  { service: 'checkout', name: 'POST /orders', failed },
  { service: 'checkout', name: 'payment', failed },
  { service: 'payment', name: 'POST /charges', failed },
];

// The first to run reads the whole plugin; a busy machine needs its time for it.
jest.setTimeout(60_000);

describe('a store of the traces in a folder', () => {
  let folder: string;
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mesh-tracing-traces-'));
    await writeFile(
      join(folder, 'one.json'),
      [
        otlpTrace(FINE, AT_MS, checkout(false)),
        otlpTrace(OTHER, AT_MS, [{ service: 'search', name: 'GET /' }]),
      ].join('\n'),
    );
    await writeFile(
      join(folder, 'two.jsonl'),
      `${otlpTrace(FAILED, AT_MS + 1_000, checkout(true))}\n`,
    );
    portal = await startPortal({
      modules: [folderTraceStoreModule],
      config: { traceFolder: folder },
      entities: [
        component('checkout', { 'meshtracing.io/service-names': 'checkout' }),
      ],
    });
  });

  afterAll(async () => {
    await portal.stop();
    await rm(folder, { recursive: true });
  });

  it('finds the traces of an entity, newest first', async () => {
    const { status, body } = await portal.ask(`checkout/traces?${WINDOW}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      store: 'folder',
      services: ['checkout'],
      traces: [
        { traceId: FAILED, errorSpanCount: 3 },
        { traceId: FINE, errorSpanCount: 0, spanCount: 3 },
      ],
      coverage: { complete: true },
    });
    expect(body.traceUrlTemplate).toBeUndefined();
  });

  it('applies the filters of a search', async () => {
    const { body } = await portal.ask(
      `checkout/traces?${WINDOW}&errorsOnly=true`,
    );
    expect(body.traces).toMatchObject([{ traceId: FAILED }]);
  });

  it('says how much of the window a page holds', async () => {
    const { body } = await portal.ask(`checkout/traces?${WINDOW}&limit=1`);
    expect(body).toMatchObject({
      traces: [{ traceId: FAILED }],
      coverage: { complete: false, oldestStartTimeMs: AT_MS + 1_000 },
    });
  });

  it('shows one trace, and none of someone else', async () => {
    const own = await portal.ask(`checkout/traces/${FINE}`);
    expect(own.body.trace.spans).toHaveLength(3);
    expect((await portal.ask(`checkout/traces/${OTHER}`)).status).toBe(404);
  });

  it('serves latency, neighbours and the report without code of its own for them', async () => {
    const latency = await portal.ask(`checkout/latency?${WINDOW}`);
    expect(latency.body).toMatchObject({
      traceCount: 2,
      latency: { overall: { count: 2, errorCount: 1 } },
      allRequests: null,
    });
    const { body } = await portal.ask(`checkout/dependencies?${WINDOW}`);
    expect(body.edges).toMatchObject([
      { direction: 'outbound', source: 'traces', callCount: 2, errorCount: 1 },
    ]);
    const report = await portal.ask(`checkout/report?${WINDOW}`);
    expect(report.status).toBe(200);
  });

  it('notices what is written meanwhile', async () => {
    const late = 'd'.repeat(32);
    await writeFile(
      join(folder, 'three.json'),
      otlpTrace(late, AT_MS + 2_000, checkout(false)),
    );
    const { body } = await portal.ask(`checkout/traces?${WINDOW}`);
    expect(body.traces[0]).toMatchObject({ traceId: late });
  });

  it('says which store failed, and not what is in the folder', async () => {
    await writeFile(join(folder, 'broken.json'), '{"resourceSpans": [');
    const { status, body } = await portal.ask(`checkout/traces?${WINDOW}`);
    expect(status).toBe(503);
    expect(body.error).toMatchObject({
      message: "The traces in the folder of 'folder' could not be read",
      meshTracing: { system: 'trace-store', systemName: 'folder' },
    });
    expect(JSON.stringify(body)).not.toContain(folder);
  });
});
