import { mockLogger } from '../../testing/services/mockLogger';
import { JaegerTraceStore } from '../JaegerTraceStore';
import { fakeJaeger } from '../../testing/tracestore/fakeJaeger';
import { sendJson, sendText } from '../../testing/tracestore/MisbehavingServer';
import {
  legacyJson,
  serve,
  stopAll,
} from '../../testing/tracestore/storeHarness';
import { shopTraces, wholeWindow } from '../../testing/tracestore/traces';

const traces = shopTraces(60);
const query = { services: ['b'], ...wholeWindow(60), limit: 100 };
const jaeger = fakeJaeger({ traces, version: '2.13' });
const stores: JaegerTraceStore[] = [];

afterEach(async () => {
  await Promise.all(stores.splice(0).map(store => store.stop()));
  await stopAll();
});

/** A store that logs, and whose server knows neither errors nor kinds as tags. */
async function loggedStore() {
  const server = await serve((request, response, url) => {
    const tags = url.searchParams.get('tags') ?? '';
    if (tags && url.searchParams.has('minDuration')) {
      sendText(
        response,
        legacyJson('cannot query for duration and tags simultaneously', 500),
        500,
      );
    } else if (tags.includes('error')) {
      sendJson(response, { data: [] });
    } else {
      jaeger(request, response, url);
    }
  });
  const logger = mockLogger();
  const store = JaegerTraceStore.create(
    { name: 'main', url: server.url, dialect: 'legacy' },
    logger,
  );
  stores.push(store);
  const plans = () =>
    logger.debug.mock.calls.map(([line]) => {
      const reason = /\((asked|[a-z-]+)\): /.exec(line)?.[1];
      const kept = /the portal by ([^;]+)/.exec(line)?.[1];
      return `${reason}: ${kept}`;
    });
  return { store, logger, server, plans };
}

describe('the plans of a search, as the log has them', () => {
  it('come one after the other, each with its reason, until there is an answer', async () => {
    const { store, plans } = await loggedStore();
    const { traces: rows } = await store.search({
      ...query,
      errorsOnly: true,
      minSpanDurationUs: 20_000,
    });
    expect(rows.map(row => row.durationUs)).toEqual([60_000, 50_000, 40_000]);
    expect(plans()).toEqual([
      'asked: nothing',
      'combination-refused: span-duration',
      'filters-doubted: errors',
    ]);
  });

  it('begin with what the searches before have taught', async () => {
    const { store, plans, server } = await loggedStore();
    await store.search({ ...query, errorsOnly: true });
    const before = server.requests.length;
    await store.analyze(
      { ...query, errorsOnly: true },
      {
        subject: { services: ['b'], workloads: [] },
        ...wholeWindow(60),
        slices: 2,
      },
    );
    expect(plans()).toEqual([
      'asked: nothing',
      'filters-doubted: errors',
      'asked: errors',
    ]);
    expect(server.requests.length - before).toBe(1);
  });

  it('are logged for debugging alone, and hold no value of a filter', async () => {
    const { store, logger } = await loggedStore();
    await store.search({
      ...query,
      attributes: { 'api.key': 's3cret' },
      operation: 's3cret',
    });
    expect(logger.debug).toHaveBeenCalledTimes(1);
    expect(String(logger.debug.mock.calls)).not.toContain('s3cret');
    expect(String(logger.debug.mock.calls)).not.toContain('api.key');
    expect(logger.info).not.toHaveBeenCalled();
  });
});
