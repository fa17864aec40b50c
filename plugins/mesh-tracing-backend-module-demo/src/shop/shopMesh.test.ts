import {
  createTracingResolver,
  tracingProxyOf,
  validateTelemetry,
} from 'backstage-plugin-mesh-tracing-common';
import { startShop } from '../testing/shop';
import { shopTelemetries } from './shopTelemetries';
import { shopWorkloads } from './shopWorkloads';

const NOW_MS = Date.parse('2026-08-03T10:00:00Z');

async function effectiveTracing(workloadName: string) {
  const { mesh } = await startShop();
  const { inputs, workloads } = mesh.cluster.snapshot();
  const workload = workloads.find(({ name }) => name === workloadName);
  const proxy = workload && tracingProxyOf(workload);
  return proxy && createTracingResolver(inputs).resolve(proxy);
}

describe('the shop', () => {
  it('has Telemetries that a cluster would accept', () => {
    for (const telemetry of shopTelemetries(0)) {
      expect(validateTelemetry(telemetry).errors).toEqual([]);
    }
  });

  it('has pods whose names tell their owner, each once', () => {
    const pods = shopWorkloads(NOW_MS).flatMap(workload =>
      workload.pods.map(pod => ({ workload: workload.name, pod: pod.name })),
    );
    expect(new Set(pods.map(({ pod }) => pod)).size).toBe(pods.length);
    for (const { workload, pod } of pods) {
      expect(pod.startsWith(`${workload}-`)).toBe(true);
    }
  });

  it.each([
    ['istio-ingressgateway', 10, 'mesh-default'],
    ['storefront', 5, 'shop-tracing'],
    ['checkout', 50, 'checkout-tracing'],
    ['payment', 10, 'mesh-default'],
    ['fraud-check', 25, 'fraud-check-tracing'],
    ['settlement', 100, 'mesh-tracing.settlement'],
  ])('samples %s at %s %%, because of %s', async (name, percent, source) => {
    const side = (await effectiveTracing(name))?.client;
    expect(side?.enabled.value).toBe(true);
    expect(side?.samplingPercent).toMatchObject({
      value: percent,
      source: { kind: 'telemetry', name: source },
    });
  });

  it('has a workload whose tracing is off by omission', async () => {
    const tracing = await effectiveTracing('ledger');
    expect(tracing?.server?.enabled.value).toBe(false);
    expect(tracing?.server?.provider.value).toBeNull();
  });

  it('has a namespace-wide Telemetry that an older one shuts out', async () => {
    const tracing = await effectiveTracing('cart');
    expect(tracing?.ignored).toContainEqual(
      expect.objectContaining({
        name: 'trace-everything',
        reason: 'older-namespace-wide',
      }),
    );
  });

  it('has a workload outside the mesh', () => {
    const newsletter = shopWorkloads(NOW_MS).find(
      ({ name }) => name === 'newsletter',
    );
    expect(newsletter?.proxy).toBe('none');
    expect(newsletter && tracingProxyOf(newsletter)).toBeUndefined();
  });
});
