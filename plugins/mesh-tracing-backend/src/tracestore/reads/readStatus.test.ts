import {
  sendJson,
  sendPage,
  sendText,
  type Handler,
} from '../../testing/tracestore/MisbehavingServer';
import { serve, stopAll, storeAt } from '../../testing/tracestore/storeHarness';

/** A legacy query service with two services, below a path. */
const jaegerAt =
  (
    base: string,
    otherwise: Handler = (_, r) => sendText(r, '404 page not found', 404),
  ): Handler =>
  (request, response, url) => {
    if (url.pathname === `${base}/api/services`) {
      sendJson(response, { data: ['cart.shop', 'page.shop'], total: 2 });
      return undefined;
    }
    return otherwise(request, response, url);
  };

const loginPage: Handler = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end(
    '<html><form action="/session"><input type="password"></form></html>',
  );
};

afterEach(stopAll);

describe('the status of a store', () => {
  it('tells latency, number of names and the difference of the clocks', async () => {
    const server = await serve(jaegerAt(''));
    const hourAgo = () => Date.now() - 3_600_000;
    const status = await storeAt(server, {}, hourAgo).status();
    expect(status).toMatchObject({
      reachable: true,
      dialect: 'legacy',
      serviceCount: 2,
      latencyMs: expect.any(Number),
    });
    expect(status.clockAheadMs).toBeGreaterThan(3_590_000);
    expect(status.clockAheadMs).toBeLessThan(3_610_000);
    expect(status.clockErrorMs).toBeGreaterThanOrEqual(500);
  });

  it('takes no time from an answer that a cache kept', async () => {
    const server = await serve((request, response, url) => {
      response.setHeader('date', 'Mon, 01 Jan 2001 00:00:00 GMT');
      response.setHeader('age', '60');
      return jaegerAt('')(request, response, url);
    });
    expect((await storeAt(server).status()).clockAheadMs).toBeUndefined();
  });

  it('is of now, although names are remembered for a while', async () => {
    const server = await serve(jaegerAt(''));
    const store = storeAt(server);
    expect((await store.status()).reachable).toBe(true);
    server.behave(loginPage);
    expect(await store.services()).toHaveLength(2);
    expect(await store.status()).toMatchObject({
      reachable: false,
      problem: { standsThere: 'login-page' },
    });
  });

  it.each(['/jaeger', '/tracing', ''])(
    'finds the base path %j under which Jaeger answers instead',
    async base => {
      const server = await serve(jaegerAt(base));
      const status = await storeAt(server, { basePath: '/wrong' }).status();
      expect(status).toMatchObject({
        reachable: false,
        problem: { answersAtPath: base },
      });
      expect(status.problem?.pathInUrl).toBeUndefined();
    },
  );

  it('finds the base path that the page itself names, and tells the path in the url', async () => {
    const page: Handler = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<base href="/ops/traces/"><title>Jaeger UI</title>');
    };
    const server = await serve(jaegerAt('/ops/traces', page));
    const status = await storeAt(server, {
      url: `${server.url}/here`,
    }).status();
    expect(status.problem).toMatchObject({
      answersAtPath: '/ops/traces',
      pathInUrl: '/here',
      standsThere: 'jaeger-page',
    });
  });

  it('knows a login page, and a redirect to one on another host, which it does not follow', async () => {
    const here = storeAt(await serve(loginPage));
    expect((await here.status()).problem).toMatchObject({
      standsThere: 'login-page',
    });
    const login = await serve(loginPage);
    const away = await serve((_, response) => {
      response.writeHead(302, {
        location: `${login.url.replace('127.0.0.1', 'localhost')}/login`,
      });
      response.end();
    });
    expect((await storeAt(away).status()).problem).toMatchObject({
      code: 'redirects-away',
      isSameHost: false,
    });
    expect(login.requests).toEqual([]);
  });

  it('knows a redirect to another port of its own host', async () => {
    const other = await serve(jaegerAt(''));
    const server = await serve((_, response) => {
      response.writeHead(301, { location: other.url });
      response.end();
    });
    expect((await storeAt(server).status()).problem).toMatchObject({
      code: 'redirects-away',
      isSameHost: true,
    });
  });

  it('knows a page that is neither Jaeger nor a login', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html>It works!</html>');
    });
    expect((await storeAt(server).status()).problem).toMatchObject({
      standsThere: 'page',
    });
    const old = await serve((_, response) => sendPage(response));
    expect((await storeAt(old).status()).problem?.code).toBe('no-dialect');
  });

  it.each([
    ['missing tenant header', true],
    ['something else', false],
  ])(
    'tells of a store without names for its tenant whether it keeps tenants apart: it says %j to others',
    async (words, isEnforced) => {
      const server = await serve((request, response) =>
        request.headers['x-tenant']
          ? sendJson(response, { data: [], total: 0 })
          : sendText(response, words, 401),
      );
      const store = storeAt(server, {
        dialect: 'legacy',
        tenant: { value: 'shop' },
      });
      expect(await store.status()).toMatchObject({
        reachable: true,
        serviceCount: 0,
        tenant: { header: 'x-tenant', isEnforced },
      });
    },
  );

  it('ends with its signal', async () => {
    const server = await serve(() => undefined);
    const stop = new AbortController();
    const status = storeAt(server, { dialect: 'legacy' }).status({
      signal: stop.signal,
    });
    stop.abort(new Error('gone'));
    await expect(status).rejects.toThrow('gone');
  });
});
