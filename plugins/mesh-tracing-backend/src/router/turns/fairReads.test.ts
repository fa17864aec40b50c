import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import { personas } from '../../testing/portal/personas';
import { overrideRequest } from '../../testing/portal/requests';
import {
  startMeshTracing,
  type MeshTracingHarness,
} from '../../testing/portal/startMeshTracing';

jest.setTimeout(60_000);

const LATENCY =
  '/api/mesh-tracing/v1/entities/component/default/frontend/latency';

/** A search of the store that ends when the test releases it. */
interface Held {
  options: TraceReadOptions;
  release(): void;
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) {
    await new Promise(resolve => {
      setTimeout(resolve, 5);
    });
  }
}

describe('one user who reads much', () => {
  let harness: MeshTracingHarness;
  let held: Held[];
  let asked = 0;

  const start = async (reads?: object) => {
    harness = await startMeshTracing({ config: { reads } });
    held = [];
    const search = harness.store.search.bind(harness.store);
    jest
      .spyOn(harness.store, 'search')
      .mockImplementation(async (query, options = {}) => {
        await new Promise<void>((resolve, reject) => {
          const { signal } = options as TraceReadOptions;
          signal?.addEventListener('abort', () => reject(signal.reason));
          held.push({ options, release: resolve });
        });
        return search(query);
      });
  };
  afterEach(() => harness.stop());

  /** Each search has a window of its own, so that no two share an answer. */
  const search = (persona: keyof typeof personas) => {
    asked += 1;
    const query = { startTimeMs: asked, endTimeMs: 1_000_000 };
    const answer = harness.ask(persona, 'traces', { query });
    // supertest sends the request only once its promise is used.
    return Promise.resolve(answer);
  };
  const releaseAll = async (answers: Array<Promise<unknown>>) => {
    let isOver = false;
    const all = Promise.all(answers).then(found => {
      isOver = true;
      return found;
    });
    await until(() => {
      held.forEach(({ release }) => release());
      return isOver;
    });
    return all;
  };

  it("holds up neither another's history nor another's traces", async () => {
    await start();
    const many = Array.from({ length: 60 }, () => search('owner'));
    await until(() => held.length >= 4);
    const history = await harness.ask('stranger', 'history');
    expect(history.status).toBe(200);
    const { status } = await harness.ask('stranger', 'workloads');
    expect(status).toBe(200);
    const other = search('stranger');
    await until(() => held.length >= 5);
    expect(held[4]?.options.caller).toBe('user:default/max');
    held[4]?.release();
    expect((await other).status).toBe(200);
    const answers = (await releaseAll(many)) as Array<{ status: number }>;
    expect(new Set(answers.map(answer => answer.status))).toEqual(
      new Set([200]),
    );
  });

  it('does not hold up the history of that same user either', async () => {
    await start();
    const many = Array.from({ length: 20 }, () => search('owner'));
    await until(() => held.length >= 4);
    expect((await harness.ask('owner', 'history')).status).toBe(200);
    await releaseAll(many);
  });

  it('has so many under way as configured, and no more', async () => {
    await start({ perUser: 2, total: 3 });
    const many = Array.from({ length: 12 }, () => search('owner'));
    await until(() => held.length >= 2);
    await harness.ask('owner', 'history');
    expect(held).toHaveLength(2);
    const others = Array.from({ length: 4 }, () => search('stranger'));
    await until(() => held.length >= 3);
    await harness.ask('stranger', 'history');
    expect(held.map(({ options }) => options.caller)).toEqual([
      'user:default/olivia',
      'user:default/olivia',
      'user:default/max',
    ]);
    await releaseAll([...many, ...others]);
  });

  it('is refused beyond what may wait, and told when to come again; others are not', async () => {
    await start({ perUser: 1, waitingPerUser: 3 });
    const running = search('owner');
    await until(() => held.length >= 1);
    const more = Array.from({ length: 8 }, () => search('owner'));
    const refused = await Promise.race(more);
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('5');
    expect(refused.body.error).toMatchObject({
      name: 'TooManyReadsError',
      message: expect.stringMatching(/^3 of your requests wait/),
      meshTracing: { system: 'portal', whatToDo: expect.any(String) },
    });
    const other = search('stranger');
    await until(() => held.length >= 2);
    const answers = (await releaseAll([running, ...more, other])) as Array<{
      status: number;
    }>;
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200, 200, 200, 200, 200, 429, 429, 429, 429, 429,
    ]);
  });
});

describe('a browser that goes away', () => {
  let harness: MeshTracingHarness;
  beforeEach(async () => {
    harness = await startMeshTracing({ config: { reads: { perUser: 1 } } });
  });
  afterEach(() => harness.stop());

  const send = (path: string, method = 'GET', body?: object) => {
    const { port } = harness.server.address() as AddressInfo;
    const request = http.request({
      port,
      path,
      method,
      headers: {
        authorization: personas.owner.toString(),
        ...(body && { 'content-type': 'application/json' }),
      },
    });
    request.on('error', () => {});
    request.end(body && JSON.stringify(body));
    return request;
  };

  it('ends the analysis that only it waited for, gives its turn on, and leaves the log alone', async () => {
    const signals: AbortSignal[] = [];
    const analyze = jest
      .spyOn(harness.store, 'analyze')
      .mockImplementation(async (...given: unknown[]) => {
        const signal = (given[2] as TraceReadOptions).signal!;
        signals.push(signal);
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      });
    const browser = send(`${LATENCY}?startTimeMs=5&endTimeMs=9`);
    await until(() => signals.length > 0);
    const waiting = send(`${LATENCY}?startTimeMs=6&endTimeMs=9`);
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
    waiting.destroy();
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
    browser.destroy();
    await until(() => signals.every(({ aborted }) => aborted));
    expect(signals[0]?.reason).toMatchObject({ name: 'RequestAbandonedError' });
    const begun = signals.length;
    analyze.mockRestore();
    const { status } = await harness.ask('owner', 'latency');
    expect(status).toBe(200);
    expect(signals).toHaveLength(begun);
    expect(harness.logger.warn).not.toHaveBeenCalled();
    expect(harness.audited.map(({ outcome }) => outcome)).toEqual([
      'fail',
      'success',
    ]);
  });

  it('changes nothing about a write that has begun', async () => {
    const body = overrideRequest();
    const preview = await harness.ask('owner', 'preview', { body });
    let begun!: () => void;
    let goOn!: () => void;
    const atTheCluster = new Promise<void>(resolve => {
      begun = resolve;
    });
    const create = harness.cluster.createTelemetry.bind(harness.cluster);
    jest
      .spyOn(harness.cluster, 'createTelemetry')
      .mockImplementation(async (telemetry, options) => {
        if (!options?.dryRun) {
          begun();
          await new Promise<void>(resolve => {
            goOn = resolve;
          });
        }
        return create(telemetry, options);
      });
    const browser = send(
      '/api/mesh-tracing/v1/entities/component/default/frontend/sampling/override',
      'PUT',
      {
        override: body,
        token: preview.body.token,
        requestId: '3c7a3b8e-6b7c-4ca6-9d4e-24b6cf3e3f1d',
      },
    );
    await atTheCluster;
    browser.destroy();
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
    goOn();
    await until(() =>
      harness.audited.some(
        ({ eventId, outcome }) =>
          eventId === 'sampling-apply' && outcome === 'success',
      ),
    );
    expect(harness.cluster.writes).toHaveLength(1);
    const { body: history } = await harness.ask('owner', 'history');
    expect(history.entries[0]).toMatchObject({ outcome: 'succeeded' });
  });
});
