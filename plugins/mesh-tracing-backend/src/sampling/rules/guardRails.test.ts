import type {
  OverrideRequest,
  Telemetry,
  TelemetryTracing,
} from 'backstage-plugin-mesh-tracing-common';
import {
  ALLOWED,
  samplingHarness,
  workload,
} from '../../testing/sampling/samplingHarness';
import type {
  SamplingHarness,
  SamplingHarnessOptions,
} from '../../testing/sampling/samplingHarness';

/** What somebody else set for the whole namespace. */
const forNamespace = (tracing: TelemetryTracing): Telemetry => ({
  apiVersion: 'telemetry.istio.io/v1',
  kind: 'Telemetry',
  metadata: { namespace: 'shop', name: 'namespace-tracing' },
  spec: { tracing: [tracing] },
});

describe('guard rails hold for what comes into force:', () => {
  let harness: SamplingHarness;
  afterEach(() => harness.close());

  const refusedOf = async (
    options: SamplingHarnessOptions,
    request: Partial<OverrideRequest>,
  ) => {
    harness = await samplingHarness(options);
    const { token, verdicts } = await harness.service.preview(
      harness.context(),
      ALLOWED,
      harness.request(request),
    );
    const refused = verdicts
      .filter(({ allowed }) => !allowed)
      .map(({ rule, field }) => `${rule} ${field}`);
    expect(token === undefined).toBe(refused.length > 0);
    return refused;
  };

  describe.each(['disableSpanReporting', 'disableContextPropagation'] as const)(
    '%s, which the site does not offer,',
    field => {
      it('is not undone where somebody set it for the namespace', async () => {
        const telemetries = [forNamespace({ [field]: true })];
        expect(await refusedOf({ telemetries }, { [field]: false })).toEqual([
          `fields ${field}`,
        ]);
      });

      it('can not be sent with its default, which would win over a later setting for the namespace', async () => {
        expect(await refusedOf({}, { [field]: false })).toEqual([
          `fields ${field}`,
        ]);
      });

      it('may be sent as the override has it already', async () => {
        harness = await samplingHarness({
          config: { fields: { [field]: true } },
        });
        await harness.service.apply(
          harness.context(),
          ALLOWED,
          await harness.confirm(harness.request({ [field]: true })),
        );
        const telemetries = harness.cluster.snapshot().inputs.telemetries;
        await harness.close();
        expect(
          await refusedOf(
            { telemetries: [...telemetries] },
            { [field]: true, samplingPercent: 7 },
          ),
        ).toEqual([]);
      });
    },
  );

  describe('the greatest percentage', () => {
    const config = {
      maxPercentage: 20,
      fields: { disableSpanReporting: true },
    };

    it('holds for an inherited percentage that the change brings into force', async () => {
      const telemetries = [
        forNamespace({
          randomSamplingPercentage: 100,
          disableSpanReporting: true,
        }),
      ];
      expect(
        await refusedOf(
          { config, telemetries },
          { samplingPercent: null, disableSpanReporting: false },
        ),
      ).toEqual(['max-percentage samplingPercent']);
    });

    it('does not hold for a percentage above it that was in force before', async () => {
      const telemetries = [forNamespace({ randomSamplingPercentage: 100 })];
      expect(
        await refusedOf(
          { config, telemetries },
          {
            samplingPercent: null,
            customTags: { team: { literal: { value: 'cart' } } },
          },
        ),
      ).toEqual([]);
    });

    describe.each(['namespace', 'mesh'] as const)('of a %s', scope => {
      const wide = {
        ...config,
        scopes: ['workload', 'namespace', 'mesh'],
        fields: { provider: true },
      };
      const OWN: Telemetry = {
        metadata: { namespace: 'shop', name: 'own' },
        spec: {
          selector: { matchLabels: { app: 'pay' } },
          tracing: [{ randomSamplingPercentage: 100 }],
        },
      };
      /** Without a default provider nothing is traced. */
      const meshConfig = {
        extensionProviders: [
          { name: 'jaeger', opentelemetry: { service: 'jaeger', port: 4317 } },
        ],
      };

      it.each([5, null])(
        'holds for what a workload sets itself once a provider brings it into force, with %p asked for',
        async samplingPercent => {
          const options = { config: wide, meshConfig, telemetries: [OWN] };
          const request = { scope, samplingPercent, provider: 'jaeger' };
          expect(await refusedOf(options, request)).toEqual([
            'max-percentage samplingPercent',
          ]);
          const { verdicts } = await harness.service.preview(
            harness.context(),
            ALLOWED,
            harness.request(request),
          );
          expect(verdicts).toContainEqual(
            expect.objectContaining({
              rule: 'max-percentage',
              message:
                'pay would be traced at 100 %, more than the 20 % that are allowed here; Telemetry shop/own sets that, and this change leaves it as it is: lower it there first',
            }),
          );
        },
      );

      it('is told once where the number itself exceeds it', async () => {
        const options = { config: wide, meshConfig, telemetries: [OWN] };
        expect(
          await refusedOf(options, {
            scope,
            samplingPercent: 50,
            provider: 'jaeger',
          }),
        ).toEqual(['max-percentage samplingPercent']);
      });

      it('does not hold for workloads that had more before the override', async () => {
        const options: SamplingHarnessOptions = {
          config: wide,
          workloads: [workload('cart'), workload('pay'), workload('stock')],
          meshConfig: {
            ...meshConfig,
            defaultProviders: { tracing: ['jaeger'] },
            defaultConfig: { tracing: { sampling: 100 } },
          },
        };
        harness = await samplingHarness(options);
        const confirmed = await harness.confirm(
          harness.request({ scope, samplingPercent: 5 }),
        );
        await harness.service.apply(harness.context(), ALLOWED, {
          ...confirmed,
          confirmScope: scope === 'mesh' ? 'main' : 'shop',
        });
        const telemetries = [...harness.cluster.snapshot().inputs.telemetries];
        await harness.close();
        expect(
          await refusedOf(
            { ...options, telemetries },
            {
              scope,
              samplingPercent: null,
              customTags: { team: { literal: { value: 'cart' } } },
            },
          ),
        ).toEqual([]);
      });
    });
  });

  it('a confirmation is for the effect that was shown, not for the object alone', async () => {
    harness = await samplingHarness({
      telemetries: [forNamespace({ randomSamplingPercentage: 5 })],
    });
    const confirmed = await harness.confirm(
      harness.request({
        samplingPercent: null,
        customTags: { team: { literal: { value: 'cart' } } },
      }),
    );
    harness.cluster.createOutside(
      forNamespace({ randomSamplingPercentage: 90 }),
    );
    await expect(
      harness.service.apply(harness.context(), ALLOWED, confirmed),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(harness.cluster.writes).toEqual([]);
  });
});
