import type { Workload } from 'backstage-plugin-mesh-tracing-common';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { IstiodDebug } from './IstiodDebug';

const WORKLOAD: Workload = {
  cluster: 'prod',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'cart',
  labels: {},
  ownerLabels: {},
  annotations: {},
  proxy: 'sidecar',
  pods: [{ name: 'cart-1', labels: {}, ready: true }],
};
const SENT = '2026-01-02T03:04:05Z/1';

describe('IstiodDebug', () => {
  const requests: http.IncomingMessage[] = [];
  let answer: (response: http.ServerResponse) => void;
  let server: http.Server;
  let istiod: IstiodDebug;

  beforeEach(async () => {
    requests.length = 0;
    server = http.createServer((request, response) => {
      requests.push(request);
      answer(response);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    istiod = IstiodDebug.create({
      debugUrls: [`http://127.0.0.1:${port}`],
      token: 'planted-token',
    });
  });

  afterEach(async () => {
    istiod.close();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  it('closes the connection when the last caller has left, and asks anew for the next one', async () => {
    const open: http.ServerResponse[] = [];
    answer = response => open.push(response);
    const [one, two] = [new AbortController(), new AbortController()];
    const looks = [one, two].map(({ signal }) =>
      istiod.acceptance(WORKLOAD, { signal }),
    );
    while (open.length === 0) {
      await new Promise(setImmediate);
    }
    const closed = new Promise(resolve => {
      open[0]?.once('close', resolve);
    });
    one.abort(new Error('left'));
    await looks[0];
    expect(open[0]?.closed).toBe(false);
    two.abort(new Error('left'));
    await Promise.all([closed, looks[1]]);
    answer = response =>
      response.setHeader('Content-Type', 'application/json').end('[]');
    await istiod.acceptance(WORKLOAD);
    expect(requests).toHaveLength(2);
  });

  it('sends the token, and asks once for all callers of the same time', async () => {
    answer = response =>
      response.setHeader('Content-Type', 'application/json').end(
        JSON.stringify([
          {
            proxy: 'cart-1.shop',
            listener_sent: SENT,
            listener_acked: SENT,
          },
        ]),
      );
    const answers = await Promise.all([
      istiod.acceptance(WORKLOAD),
      istiod.acceptance(WORKLOAD),
    ]);
    expect(answers.map(({ state }) => state)).toEqual(['accepted', 'accepted']);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.url).toBe('/debug/syncz');
    expect(requests[0]?.headers.authorization).toBe('Bearer planted-token');
  });

  it('is unknown where istiod refuses, without a word of its answer', async () => {
    answer = response => {
      response.statusCode = 401;
      response.end('planted-token is not good');
    };
    const result = await istiod.acceptance(WORKLOAD);
    expect(result).toMatchObject({
      state: 'unknown',
      message: "istiod's debug interface did not answer: it answered 401.",
    });
  });

  it('is unknown where istiod cuts the connection', async () => {
    answer = response => response.destroy();
    const result = await istiod.acceptance(WORKLOAD);
    expect(result.state).toBe('unknown');
    expect(JSON.stringify(result)).not.toContain('planted-token');
  });
});
