import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendRequests } from './sendRequests';
import { steadyTraffic } from './steadyTraffic';

describe('requests to the lab', () => {
  let server: Server;
  let url: string;
  let seen: Array<string | undefined>;
  beforeEach(async () => {
    seen = [];
    server = createServer((request, response) => {
      seen.push(request.headers['x-tenant']?.toString());
      const nth = seen.length;
      const id = nth.toString(16).padStart(32, '0');
      const flags = nth % 2 ? '01' : '00';
      response.setHeader(
        'x-seen-traceparent',
        nth % 4 ? `00-${id}-00000000000000ff-${flags}` : '-',
      );
      response.statusCode = nth % 5 ? 200 : 503;
      response.end('{}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    url = `http://127.0.0.1:${port}/`;
  });
  afterEach(async () => {
    server.close();
    await once(server, 'close');
  });

  it('counts statuses and sampled traces by what the app saw', async () => {
    const result = await sendRequests({
      url,
      count: 20,
      concurrency: 3,
      headers: { 'x-tenant': 'acme' },
    });

    expect(result.statuses).toEqual({ 200: 16, 503: 4 });
    expect(result.sampled).toBe(10);
    expect(result.withoutTraceContext).toBe(5);
    expect(new Set(result.traceIds).size).toBe(10);
    expect(seen).toEqual(Array(20).fill('acme'));
  });

  it('counts requests that get no answer', async () => {
    const closed = createServer();
    closed.listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');

    const { statuses, withoutTraceContext } = await sendRequests({
      url: `http://127.0.0.1:${port}/`,
      count: 3,
    });

    expect(statuses).toEqual({ error: 3 });
    expect(withoutTraceContext).toBe(0);
  });

  it('sends steadily, and no more than rate times duration', async () => {
    const statuses = await steadyTraffic(
      { urls: [url, url], requestsPerSecond: 200, seconds: 0.1 },
      new AbortController().signal,
    );

    expect(statuses).toEqual({ 200: 16, 503: 4 });
    expect(new Set(seen)).toEqual(new Set(['acme', 'globex', 'initech']));
  });

  it('stops steady traffic on a signal', async () => {
    const statuses = await steadyTraffic(
      { urls: [url], requestsPerSecond: 1, seconds: 3600 },
      AbortSignal.abort(),
    );

    expect(statuses).toEqual({});
  });

  it('never leaves this machine', async () => {
    const outside = 'http://example.org/';

    await expect(sendRequests({ url: outside, count: 1 })).rejects.toThrow(
      /127\.x\.y\.z only/,
    );
    await expect(
      steadyTraffic(
        { urls: [outside], requestsPerSecond: 1, seconds: 1 },
        new AbortController().signal,
      ),
    ).rejects.toThrow(/127\.x\.y\.z only/);
  });
});
