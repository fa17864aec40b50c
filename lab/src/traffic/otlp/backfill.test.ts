import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Random } from '../../checks/Random';
import { meshWorkloads } from '../../kubernetes/meshWorkloads';
import { createLabLayout } from '../../layout/LabLayout';
import { arrivals, backfill } from './backfill';
import { PageMaker } from './PageMaker';
import type { MadeSpan } from './MadeSpan';

const layout = createLabLayout('127.93.7');
const plan = {
  startMs: 1_700_000_000_000,
  ratingsSlowdown: 1,
  ratingsFailures: 0,
  secondVersion: 0.5,
};

function pages(count: number, change: Partial<typeof plan> = {}): MadeSpan[][] {
  const maker = PageMaker.create(Random.of(7), meshWorkloads(layout));
  return Array.from({ length: count }, () =>
    maker.page({ ...plan, ...change }),
  );
}

describe('made pages', () => {
  it('hang together: each span lies within its parent, in the same trace', () => {
    for (const spans of pages(200)) {
      const byId = new Map(spans.map(span => [span.spanId, span]));
      expect(byId.size).toBe(spans.length);
      expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
      for (const span of spans.slice(1)) {
        const parent = byId.get(span.parentSpanId ?? '');
        expect(parent).toBeDefined();
        expect(span.startUs).toBeGreaterThanOrEqual(parent?.startUs ?? 0);
        expect(span.startUs + span.durationUs).toBeLessThanOrEqual(
          (parent?.startUs ?? 0) + (parent?.durationUs ?? 0),
        );
      }
    }
  });

  it('call ratings by reviews v2 only', () => {
    const sizes = pages(200).map(spans => spans.length);

    expect(new Set(sizes)).toEqual(new Set([5, 7]));
    expect(pages(20, { secondVersion: 0 }).flat()).toHaveLength(100);
  });

  it('become slower and fail when ratings does', () => {
    const median = (made: MadeSpan[][]) =>
      made.map(([root]) => root?.durationUs ?? 0).sort((a, b) => a - b)[
        Math.floor(made.length / 2)
      ] ?? 0;
    const slow = pages(200, { ratingsSlowdown: 4, ratingsFailures: 1 });

    expect(median(slow)).toBeGreaterThan(median(pages(200)));
    expect(
      slow.every(([root, ...rest]) => root?.failed === rest.length > 4),
    ).toBe(true);
  });

  it('are named as the proxies of the lab are', () => {
    const [[root] = []] = pages(1);

    expect(root).toMatchObject({
      service: 'frontend.bookinfo',
      operation: 'frontend.bookinfo.svc.cluster.local:9080/*',
      attributes: {
        node_id: expect.stringMatching(
          /^sidecar~127\.93\.7\.10~frontend-v1-\w+-\w+\.bookinfo~bookinfo\./,
        ),
      },
    });
  });
});

describe('backfill', () => {
  const window = { startTimeMs: 3_600_000, endTimeMs: 7_200_000 };
  let server: Server;
  let collector: string;
  let bodies: Array<{ resourceSpans: unknown[] }>;
  let refusals: number;
  beforeEach(async () => {
    bodies = [];
    refusals = 0;
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', part => parts.push(part));
      request.on('end', () => {
        refusals -= 1;
        response.statusCode = refusals >= 0 ? 503 : 200;
        if (refusals < 0) {
          bodies.push(JSON.parse(Buffer.concat(parts).toString('utf8')));
        }
        response.end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    collector = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  it('fills the whole time at the rate that was asked for', () => {
    const times = [
      ...arrivals(Random.of(3), {
        ...window,
        requestsPerSecond: 2,
      }),
    ];

    expect(times.length).toBeGreaterThan(6_800);
    expect(times.length).toBeLessThan(7_600);
    expect(Math.min(...times)).toBeLessThan(window.startTimeMs + 10_000);
    expect(Math.max(...times)).toBeGreaterThan(window.endTimeMs - 10_000);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
  });

  it('sends again what is refused, and counts what was taken', async () => {
    refusals = 2;
    const { pages: sent, spans } = await backfill({
      ...window,
      layout,
      collectors: [collector],
      requestsPerSecond: 0.05,
      seed: 3,
    });

    const taken = JSON.stringify(bodies).match(/"spanId"/g) ?? [];
    expect(sent).toBeGreaterThan(100);
    expect(taken).toHaveLength(spans);
  });

  it('never leaves this machine', async () => {
    await expect(
      backfill({
        ...window,
        layout,
        collectors: ['http://example.org'],
        requestsPerSecond: 1,
        seed: 3,
      }),
    ).rejects.toThrow(/127\.x\.y\.z only/);
  });
});
