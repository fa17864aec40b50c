import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import {
  samplingHarness,
  workload,
} from '../../testing/sampling/samplingHarness';
import { TelemetriesByNamespace } from './TelemetriesByNamespace';

const COUNT = 2_000;

/** Telemetries of many namespaces that count how often anything of them is looked at. */
function counting(): { telemetries: Telemetry[]; reads(): number } {
  let count = 0;
  const telemetries = Array.from({ length: COUNT }, (_, i): Telemetry => {
    const telemetry = {
      metadata: { name: `t-${i}`, namespace: `team-${i % 500}` },
      spec: {},
    } as Telemetry;
    return new Proxy(telemetry, {
      get: (target, key) => {
        count += 1;
        return Reflect.get(target, key);
      },
    });
  });
  return { telemetries, reads: () => count };
}

describe('TelemetriesByNamespace', () => {
  it('gives those of a namespace in the order of the list', () => {
    const { telemetries } = counting();
    const names = TelemetriesByNamespace.of(telemetries)
      .in('team-7')
      .map(({ metadata }) => metadata.name);
    expect(names).toEqual(['t-7', 't-507', 't-1007', 't-1507']);
    expect(TelemetriesByNamespace.of(telemetries).in('none')).toEqual([]);
  });

  it('lets the overrides of many workloads be found without reading all Telemetries for each', async () => {
    const { telemetries, reads } = counting();
    const { cluster, service, close } = await samplingHarness();
    const snapshot = cluster.snapshot();
    const large = {
      ...snapshot,
      inputs: { ...snapshot.inputs, telemetries },
    };
    for (let i = 0; i < COUNT; i++) {
      const each = workload(`w${i}`, { namespace: `team-${i % 500}` });
      expect(service.overrideOf(large, each)).toBeNull();
      expect(service.wideOverridesOf(large, each)).toEqual([]);
    }
    expect(reads()).toBeLessThan(COUNT * 40);
    await close();
  });
});
