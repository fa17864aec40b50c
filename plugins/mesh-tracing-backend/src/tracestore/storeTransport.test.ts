import { JaegerTraceStore } from './JaegerTraceStore';
import {
  MisbehavingServer,
  sendJson,
  sendPage,
  sendText,
  type Handler,
} from '../testing/tracestore/MisbehavingServer';
import {
  legacyJson,
  logger,
  searchAt,
  serve,
  stopAll,
  storeAt,
} from '../testing/tracestore/storeHarness';

const sendPageOnly: Handler = (_, response) => sendPage(response);

afterEach(stopAll);

describe('the way to a store', () => {
  it('explains a store that is away, and what to check', async () => {
    const server = await MisbehavingServer.start(sendPageOnly);
    const store = storeAt(server);
    await server.stop();
    await expect(store.services()).rejects.toThrow(
      /'main' refuses the connection; check that it runs/,
    );
    await expect(store.status()).resolves.toMatchObject({
      reachable: false,
      message: "Trace store 'main' refuses the connection",
      whatToDo: 'check that it runs, and its host and port',
    });
  });

  it('does not follow a redirect with its credentials', async () => {
    const other = await serve(sendPageOnly);
    await expect(
      searchAt((_, response) => {
        response.writeHead(307, { location: `${other.url}/api/traces` });
        response.end();
      }),
    ).rejects.toThrow(/redirects to another host/);
    expect(other.requests).toEqual([]);
  });

  it('retries a gateway error, not a failure of the store', async () => {
    let calls = 0;
    await searchAt((_, response) => {
      calls += 1;
      if (calls < 3) {
        sendText(response, 'unavailable', 503);
      } else {
        sendJson(response, { data: [] });
      }
    });
    expect(calls).toBe(3);
    calls = 0;
    await expect(
      searchAt((_, response) => {
        calls += 1;
        sendText(response, legacyJson('no', 500), 500);
      }),
    ).rejects.toThrow();
    expect(calls).toBe(1);
  });

  it('refuses a URL that holds credentials', () => {
    expect(() =>
      JaegerTraceStore.create({ name: 'x', url: 'http://u:p@host' }, logger),
    ).toThrow(/put them under 'auth'/);
    expect(() =>
      JaegerTraceStore.create({ name: 'x', url: 'ftp://host' }, logger),
    ).toThrow(/not an http or https URL/);
  });
});
