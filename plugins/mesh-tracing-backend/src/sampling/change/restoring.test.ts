import {
  createTracingResolver,
  tracingProxyOf,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  EffectiveTracing,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import {
  ALLOWED,
  samplingHarness,
  workload,
} from '../../testing/sampling/samplingHarness';
import type { SamplingHarness } from '../../testing/sampling/samplingHarness';

const labels = fc.dictionary(
  fc.constantFrom('app', 'version', 'team'),
  fc.constantFrom('a', 'b', 'c'),
);

const telemetries: fc.Arbitrary<Telemetry[]> = fc
  .array(
    fc.record({
      namespace: fc.constantFrom('istio-system', 'shop'),
      selector: fc.option(labels),
      percent: fc.integer({ min: 0, max: 100 }),
      tag: fc.option(fc.constantFrom('x', 'y')),
    }),
    { maxLength: 4 },
  )
  .map(all =>
    all.map(({ namespace, selector, percent, tag }, index) => ({
      metadata: {
        namespace,
        name: `t${index}`,
        creationTimestamp: `2026-01-0${index + 1}T00:00:00Z`,
      },
      spec: {
        ...(selector && { selector: { matchLabels: selector } }),
        tracing: [
          {
            randomSamplingPercentage: percent,
            ...(tag && { customTags: { [tag]: { literal: { value: tag } } } }),
          },
        ],
      },
    })),
  );

function effectiveOf({ cluster }: SamplingHarness): EffectiveTracing[] {
  const { inputs, workloads } = cluster.snapshot();
  const resolver = createTracingResolver(inputs);
  return workloads.flatMap(each => {
    const proxy = tracingProxyOf(each);
    return proxy ? [resolver.resolve(proxy)] : [];
  });
}

describe('applying changes and reverting the last', () => {
  it('restores the effective tracing of every workload', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(labels, { minLength: 1, maxLength: 5 }),
        telemetries,
        fc.array(fc.integer({ min: 0, max: 100 }), {
          minLength: 1,
          maxLength: 3,
        }),
        async (allLabels, present, percents) => {
          const workloads = allLabels.map((own, index) =>
            workload(`w${index}`, { labels: { id: 'x', ...own } }),
          );
          const harness = await samplingHarness({
            workloads,
            telemetries: present,
            config: { otherWorkloads: 'any' },
          });
          try {
            const before = effectiveOf(harness);
            let last;
            for (const samplingPercent of new Set(percents)) {
              last = await harness.service.apply(
                harness.context(),
                ALLOWED,
                await harness.confirm(
                  harness.request({
                    samplingPercent,
                    acceptOtherWorkloads: true,
                    customTags: { team: { literal: { value: 'a' } } },
                  }),
                ),
              );
            }
            await harness.service.revert(harness.context(), ALLOWED, {
              workload: harness.request().workload,
              uid: last!.override.uid,
              resourceVersion: last!.override.resourceVersion,
            });
            expect(effectiveOf(harness)).toEqual(before);
          } finally {
            await harness.close();
          }
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});
