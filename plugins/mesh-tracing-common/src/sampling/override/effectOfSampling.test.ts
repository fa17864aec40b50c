import fc from 'fast-check';
import type { TelemetryTracing } from '../../tracing';
import { resolve, reviews, sidecar, telemetry } from '../../testing/tracing';
import { effectOfSampling } from './effectOfSampling';
import type { TracesSeen } from '../../api';

const NONE_OF_500: TracesSeen = { traces: 500, began: 0, complete: false };

function tracingWith(own: TelemetryTracing | undefined, version = '1.31.0') {
  return resolve(
    [
      telemetry('istio-system/mesh', {
        tracing: [{ randomSamplingPercentage: 10 }],
      }),
      ...(own
        ? [telemetry('shop/own', { selector: reviews, tracing: [own] }, 1)]
        : []),
    ],
    sidecar({ version }),
  );
}

function effect(options: {
  before?: TelemetryTracing;
  after?: TelemetryTracing;
  proxy?: 'sidecar' | 'gateway';
  version?: string;
  seen?: TracesSeen | null;
}) {
  const { version = '1.31.0', proxy = 'sidecar', seen = null } = options;
  return effectOfSampling({
    before: tracingWith(options.before, version),
    after: tracingWith(options.after, version),
    proxy,
    proxyVersion: version,
    seen,
  });
}

const percent = (randomSamplingPercentage: number) => ({
  randomSamplingPercentage,
});

describe('the verdict on raising a percentage', () => {
  it('expects no more traces where none of those seen began here', () => {
    expect(effect({ after: percent(50), seen: NONE_OF_500 })).toMatchObject({
      beforePercent: 10,
      afterPercent: 50,
      startedHere: 'none-start',
      seen: NONE_OF_500,
    });
  });

  it('keeps more of the traces that arrive with their context alone, since Istio 1.31', () => {
    expect(effect({ after: percent(50), seen: NONE_OF_500 })).toMatchObject({
      startedElsewhere: 'decided-again',
      keptBeforePercent: 10,
      keptAfterPercent: 50,
      samplingWithoutEffect: false,
    });
  });

  it('has no effect at all where none begins here and proxies follow their parent', () => {
    expect(
      effect({ after: percent(50), seen: NONE_OF_500, version: '1.30.0' }),
    ).toMatchObject({
      startedElsewhere: 'kept',
      samplingWithoutEffect: true,
    });
    const zipkin = { providers: [{ name: 'zipkin' }] };
    expect(
      effect({
        before: zipkin,
        after: { ...zipkin, ...percent(50) },
        seen: NONE_OF_500,
      }).samplingWithoutEffect,
    ).toBe(true);
  });

  it('expects more where some began here, and at a gateway without looking', () => {
    const seen = { traces: 40, began: 1, complete: true };
    expect(effect({ after: percent(50), seen }).startedHere).toBe('more');
    expect(effect({ after: percent(50), proxy: 'gateway' }).startedHere).toBe(
      'more',
    );
  });

  it.each<[string, TracesSeen | null, TelemetryTracing | undefined]>([
    ['nothing could be observed', null, undefined],
    ['no trace was seen', { traces: 0, began: 0, complete: true }, undefined],
    ['nothing that begins here was sampled before', NONE_OF_500, percent(0)],
  ])('is not sure where %s', (_, seen, before) => {
    expect(effect({ before, after: percent(50), seen }).startedHere).toBe(
      'more-if-any',
    );
  });
});

describe('the verdict on lowering a percentage', () => {
  it('tells both: as many traces, and fewer spans of those with their context alone', () => {
    expect(effect({ after: percent(5), seen: NONE_OF_500 })).toMatchObject({
      startedHere: 'none-start',
      startedElsewhere: 'decided-again',
      keptBeforePercent: 10,
      keptAfterPercent: 5,
      samplingWithoutEffect: false,
    });
  });

  it('leaves traces of others whole where the request id is no source of decisions', () => {
    expect(
      effect({
        after: { ...percent(5), useRequestIdForTraceSampling: false },
      }),
    ).toMatchObject({
      afterPercent: 100,
      startedElsewhere: 'kept',
      keptAfterPercent: 100,
    });
  });
});

describe('the verdict on tags and reporting', () => {
  const tags = { customTags: { team: { literal: { value: 'shop' } } } };

  it('lets tags take effect on new spans, whatever sampling does', () => {
    expect(
      effect({
        after: { ...tags, ...percent(50) },
        seen: NONE_OF_500,
        version: '1.30.0',
      }),
    ).toMatchObject({ tags: 'on-new-spans', samplingWithoutEffect: true });
    expect(effect({ after: tags })).toMatchObject({
      tags: 'on-new-spans',
      startedHere: 'unchanged',
    });
  });

  it('shows no tags where no spans are sent', () => {
    expect(
      effect({ after: { ...tags, disableSpanReporting: true } }),
    ).toMatchObject({
      tags: 'not-shown',
      startedElsewhere: 'not-traced',
      samplingWithoutEffect: false,
    });
  });
});

describe('every verdict', () => {
  it('holds no contradiction, whatever is in force and was seen', () => {
    const setting = fc.record({
      randomSamplingPercentage: fc.double({ min: 0, max: 100, noNaN: true }),
      disableSpanReporting: fc.boolean(),
      useRequestIdForTraceSampling: fc.boolean(),
    });
    const seenOf = fc.option(
      fc
        .tuple(fc.nat(500), fc.nat(500), fc.boolean())
        .map(([a, b, complete]) => ({
          traces: Math.max(a, b),
          began: Math.min(a, b),
          complete,
        })),
    );
    fc.assert(
      fc.property(
        setting,
        setting,
        seenOf,
        fc.constantFrom('1.30.0', '1.31.0'),
        (before, after, seen, version) => {
          const verdict = effect({ before, after, seen, version });
          const changesNothing =
            verdict.startedHere === 'unchanged' ||
            verdict.startedHere === 'none-start';
          const keepsAsMany =
            verdict.keptAfterPercent === verdict.keptBeforePercent;
          expect(
            !verdict.samplingWithoutEffect || (changesNothing && keepsAsMany),
          ).toBe(true);
          expect(verdict.startedHere === 'unchanged').toBe(
            verdict.beforePercent === verdict.afterPercent,
          );
          expect(
            verdict.startedHere !== 'none-start' || seen?.began === 0,
          ).toBe(true);
          expect(verdict.keptAfterPercent).toBeGreaterThanOrEqual(
            verdict.afterPercent,
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
