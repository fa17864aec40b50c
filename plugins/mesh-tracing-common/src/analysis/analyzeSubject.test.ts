import { analyzeTraces } from './analyzeTraces';
import { sketchTrace, type SpanSketch } from '../testing/traces/spans';

const request = {
  subject: { services: ['shop'], workloads: [] },
  startTimeMs: 1_700_000_000_000,
  endTimeMs: 1_700_000_000_001,
  slices: 1,
};

const server = (sketch: SpanSketch): SpanSketch => ({
  kind: 'server',
  ...sketch,
});

/** The gateway calls the shop, which calls its store, and then a slow sibling. */
const trace = sketchTrace([
  server({ id: 'gateway', start: 0, duration: 1_000, service: 'gateway' }),
  server({
    id: 'shop',
    parent: 'gateway',
    start: 100,
    duration: 200,
    service: 'shop',
  }),
  server({
    id: 'store',
    parent: 'shop',
    start: 150,
    duration: 100,
    service: 'store',
  }),
  server({
    id: 'sibling',
    parent: 'gateway',
    start: 300,
    duration: 600,
    service: 'sibling',
  }),
]);

describe('where the time of an entity goes', () => {
  it('counts its own spans and those below, not callers and siblings', () => {
    const { criticalPath, criticalPathElsewhereUs } = analyzeTraces(
      [trace],
      request,
    );
    expect(
      criticalPath.map(({ service, selfUs }) => [service, selfUs]),
    ).toEqual([
      ['shop', 100],
      ['store', 100],
    ]);
    expect(criticalPathElsewhereUs).toBe(800);
  });

  it('names nobody else for an entity that calls nobody', () => {
    const { criticalPath } = analyzeTraces([trace], {
      ...request,
      subject: { services: ['store'], workloads: [] },
    });
    expect(criticalPath.map(({ service }) => service)).toEqual(['store']);
  });
});

describe('the versions of an entity', () => {
  it('are those of each of its workloads, never mixed', () => {
    const of = (id: string, name: string, version: string, start: number) =>
      server({
        id,
        start,
        duration: 10,
        service: name,
        attributes: {
          'istio.canonical_service': name,
          'istio.canonical_revision': version,
          'istio.namespace': 'shop',
        },
      });
    const { latency } = analyzeTraces(
      [
        sketchTrace([
          of('a', 'payment', 'v8', 0),
          of('b', 'fraud-check', 'v1', 20),
          of('c', 'fraud-check', 'v2', 40),
        ]),
      ],
      {
        ...request,
        subject: { services: ['payment', 'fraud-check'], workloads: [] },
      },
    );
    expect(
      latency.versions.map(({ workload, version }) => [workload, version]),
    ).toEqual([
      ['fraud-check.shop', 'v1'],
      ['fraud-check.shop', 'v2'],
      ['payment.shop', 'v8'],
    ]);
  });
});

describe('calls that fail', () => {
  it('tell the code that failed, of the caller where only it saw a failure', () => {
    const call = (
      id: string,
      parent: string,
      code: string,
      status: 'error' | 'unset',
    ) => ({
      id,
      parent,
      start: 1,
      duration: 5,
      kind: 'client' as const,
      service: 'shop',
      status,
      attributes: { 'http.status_code': code },
    });
    const answer = (
      parent: string,
      code: string,
      status: 'error' | 'unset',
    ) => ({
      ...call(`${parent}-in`, parent, code, status),
      kind: 'server' as const,
      service: 'pay',
    });
    const { dependencies } = analyzeTraces(
      [
        sketchTrace([
          server({ id: 'shop', start: 0, duration: 100, service: 'shop' }),
          call('declined', 'shop', '402', 'error'),
          answer('declined', '402', 'unset'),
          call('late', 'shop', '504', 'error'),
          answer('late', '200', 'unset'),
          call('broken', 'shop', '503', 'error'),
          answer('broken', '500', 'error'),
        ]),
      ],
      request,
    );
    expect(dependencies.edges).toMatchObject([
      {
        callCount: 3,
        errorCount: 3,
        failures: [
          { protocol: 'http', code: 402, count: 1 },
          { protocol: 'http', code: 500, count: 1 },
          { protocol: 'http', code: 504, count: 1 },
        ],
      },
    ]);
  });
});
