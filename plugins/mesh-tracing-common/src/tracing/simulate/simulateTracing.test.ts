import { inputsOf, reviews, telemetry, workload } from '../../testing/tracing';
import { simulateTracing } from './simulateTracing';

const workloads = [
  workload(),
  workload({ name: 'ratings', labels: { app: 'ratings' } }),
  workload({ name: 'elsewhere', namespace: 'other' }),
  workload({ name: 'edge', proxy: 'gateway' }),
  workload({ name: 'job', proxy: 'none' }),
];
const inputs = inputsOf([
  telemetry('shop/all', { tracing: [{ randomSamplingPercentage: 10 }] }),
]);
const changed = (change: Parameters<typeof simulateTracing>[2]) =>
  simulateTracing(inputs, workloads, change).map(
    ({ workload: { name }, changedFields }) => [name, changedFields],
  );

describe('what a change would do', () => {
  it('names the workloads and fields that differ', () => {
    const put = telemetry('shop/own', {
      selector: reviews,
      tracing: [{ randomSamplingPercentage: 50 }],
    });
    expect(changed({ put })).toEqual([
      ['reviews', ['client.samplingPercent', 'server.samplingPercent']],
      ['edge', ['client.samplingPercent']],
    ]);
    const [first] = simulateTracing(inputs, workloads, { put });
    expect(first?.before.server?.samplingPercent.value).toBe(10);
    expect(first?.after.server?.samplingPercent.value).toBe(50);
  });

  it('names workloads that get the same values from elsewhere, without fields', () => {
    const put = telemetry('shop/own', {
      selector: reviews,
      tracing: [{ randomSamplingPercentage: 10 }],
    });
    expect(changed({ put })).toEqual([
      ['reviews', []],
      ['edge', []],
    ]);
  });

  it('reaches all namespaces from the root namespace', () => {
    const put = telemetry('istio-system/mesh', {
      tracing: [{ enableIstioTags: false }],
    });
    expect(changed({ put }).map(([name]) => name)).toEqual([
      'reviews',
      'ratings',
      'elsewhere',
      'edge',
    ]);
  });

  it('takes what is deleted away', () => {
    const gone = { namespace: 'shop', name: 'all' };
    expect(changed({ delete: gone })).toEqual([
      ['reviews', ['client.samplingPercent', 'server.samplingPercent']],
      ['ratings', ['client.samplingPercent', 'server.samplingPercent']],
      ['edge', ['client.samplingPercent']],
    ]);
  });

  it('takes an object that does not exist yet for the newest', () => {
    const put = { metadata: { namespace: 'shop', name: 'a' }, spec: {} };
    const wide = { ...put, spec: { tracing: [{ enableIstioTags: false }] } };
    // The older one for the whole namespace keeps its place.
    expect(changed({ put: wide })).toEqual([]);
  });

  it('keeps the age of an object that is replaced', () => {
    const older = inputsOf([
      telemetry('shop/own', {
        selector: reviews,
        tracing: [{ randomSamplingPercentage: 5 }],
      }),
      telemetry(
        'shop/newer',
        { selector: reviews, tracing: [{ randomSamplingPercentage: 6 }] },
        1,
      ),
    ]);
    const put = {
      metadata: { namespace: 'shop', name: 'own' },
      spec: {
        selector: reviews,
        tracing: [{ randomSamplingPercentage: 50 }],
      },
    };
    expect(simulateTracing(older, workloads, { put })).toEqual([]);
  });

  it('leaves its inputs alone', () => {
    const before = JSON.stringify(inputs);
    changed({ delete: { namespace: 'shop', name: 'all' } });
    expect(JSON.stringify(inputs)).toBe(before);
  });
});
