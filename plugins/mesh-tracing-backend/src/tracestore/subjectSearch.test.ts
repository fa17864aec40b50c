import type { TraceSubject } from 'backstage-plugin-mesh-tracing-common';
import { mockLogger } from '../testing/services/mockLogger';
import type { JaegerDialect } from './config/JaegerStoreConfig';
import { JaegerTraceStore } from './JaegerTraceStore';
import {
  fakeJaeger,
  type FakeJaegerOptions,
} from '../testing/tracestore/fakeJaeger';
import { MisbehavingServer } from '../testing/tracestore/MisbehavingServer';
import { shopTraces, wholeWindow } from '../testing/tracestore/traces';

/** Two teams deploy an `a`; every third trace is of the one in `shop`. */
function traces(serviceName = 'a') {
  return shopTraces(30).map((trace, i) => ({
    ...trace,
    spans: trace.spans.map(span => {
      const namespace = i % 3 === 0 ? 'shop' : 'bank';
      return {
        ...span,
        service: span.service === 'a' ? serviceName : span.service,
        attributes: {
          ...span.attributes,
          node_id: `sidecar~10.0.0.1~${span.service}-1.${namespace}~${namespace}.svc.cluster.local`,
        },
      };
    }),
  }));
}

function subjectOf(namespace: string, service = 'a'): TraceSubject {
  return {
    services: [service],
    workloads: [{ namespace, name: 'a', pods: ['a-1'] }],
  };
}

const stops: Array<() => Promise<void>> = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()));
});

async function storeOf(
  version: FakeJaegerOptions['version'],
  serviceName?: string,
  dialect?: JaegerDialect,
) {
  const server = await MisbehavingServer.start(
    fakeJaeger({ version, traces: traces(serviceName) }),
  );
  const store = JaegerTraceStore.create(
    { name: 'main', url: server.url, dialect },
    mockLogger(),
  );
  stops.push(
    () => store.stop(),
    () => server.stop(),
  );
  return store;
}

const query = { services: ['a'], ...wholeWindow(30), limit: 100 };

describe.each<[FakeJaegerOptions['version'], JaegerDialect | undefined]>([
  ['2.21', undefined],
  ['2.19', undefined],
  ['2.13', undefined],
  ['2.13', 'v3'],
  ['look-alike', undefined],
])('a search for a subject in Jaeger %s (dialect %s)', (version, dialect) => {
  it('leaves out traces of a namesake in another namespace', async () => {
    const store = await storeOf(version, 'a', dialect);
    const shop = await store.search({ ...query, subject: subjectOf('shop') });
    const bank = await store.search({ ...query, subject: subjectOf('bank') });
    expect(shop.traces).toHaveLength(10);
    expect(bank.traces).toHaveLength(20);
    const seen = new Set(shop.traces.map(({ traceId }) => traceId));
    expect(bank.traces.filter(({ traceId }) => seen.has(traceId))).toEqual([]);
    expect(shop.coverage).toMatchObject({
      complete: true,
      fetchedCount: 30,
      matchedCount: 10,
      belongingCount: 10,
      filteredHere: ['workload'],
    });
  });

  it('finds by the name of a waypoint what it served the subject, and nothing else', async () => {
    const served = traces('waypoint.shop').map((trace, i) => ({
      ...trace,
      spans: trace.spans.map(span => ({
        ...span,
        attributes: {
          ...span.attributes,
          node_id: 'waypoint~10.0.0.1~wp-1.shop~shop.svc.cluster.local',
          'istio.destination_workload': i % 3 === 0 ? 'cart' : 'pay',
          'istio.destination_namespace': 'shop',
        },
      })),
    }));
    const server = await MisbehavingServer.start(
      fakeJaeger({ version, traces: served }),
    );
    const store = JaegerTraceStore.create(
      { name: 'main', url: server.url, dialect },
      mockLogger(),
    );
    stops.push(
      () => store.stop(),
      () => server.stop(),
    );
    const found = await store.search({
      ...query,
      services: ['waypoint.shop'],
      subject: {
        services: [],
        sharedServices: ['waypoint.shop'],
        workloads: [{ namespace: 'shop', name: 'cart' }],
      },
    });
    expect(found.traces).toHaveLength(10);
    expect(found.coverage.belongingCount).toBe(10);
  });

  it('leaves traces of a namesake out of analyses too', async () => {
    const store = await storeOf(version, 'a', dialect);
    const subject = subjectOf('shop');
    const { analysis, coverage } = await store.analyze(
      { ...query, subject },
      { subject, ...wholeWindow(30), slices: 2 },
    );
    expect(analysis).toMatchObject({ traceCount: 10, subjectTraceCount: 10 });
    expect(coverage).toMatchObject({ fetchedCount: 30, belongingCount: 10 });
  });

  it('reads on past foreign traces until it has as many as asked for', async () => {
    const store = await storeOf(version, 'a', dialect);
    const { traces: rows, coverage } = await store.search({
      ...query,
      subject: subjectOf('shop'),
      limit: 5,
    });
    expect(rows).toHaveLength(5);
    expect(coverage.complete).toBe(false);
  });

  it('is satisfied by one span that passes all filters, not by two', async () => {
    const store = await storeOf(version, 'a', dialect);
    const search = { ...query, services: ['b'], errorsOnly: true };
    const all = await store.search(search);
    const own = await store.search({
      ...search,
      subject: {
        services: ['b'],
        workloads: [{ namespace: 'shop', name: 'b', pods: ['b-1'] }],
      },
    });
    expect([all.traces.length, own.traces.length]).toEqual([3, 1]);
  });
});

describe('a search for a subject in summaries, which hold no spans', () => {
  it('takes a name that ends with the namespace as proof, and counts nothing', async () => {
    const store = await storeOf('2.21', 'a.shop');
    const { traces: rows, coverage } = await store.search({
      ...query,
      services: ['a.shop'],
      subject: subjectOf('shop', 'a.shop'),
    });
    expect(rows).toHaveLength(30);
    expect(coverage.belongingCount).toBeUndefined();
  });

  it('reads spans where another cluster has a service of that name', async () => {
    const store = await storeOf('2.21', 'a.shop');
    const { coverage } = await store.search({
      ...query,
      services: ['a.shop'],
      subject: { ...subjectOf('shop', 'a.shop'), namesShared: true },
    });
    expect(coverage.belongingCount).toBeDefined();
  });
});
