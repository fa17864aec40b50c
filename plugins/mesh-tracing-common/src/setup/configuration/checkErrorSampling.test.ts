import type { ErrorSamplingInput } from './checkErrorSampling';
import { checkErrorSampling } from './checkErrorSampling';
import { meansErrorSampling } from './meansErrorSampling';

const mend = { kind: 'yaml', title: 'policy', text: '' } as const;
const check = (input: Partial<ErrorSamplingInput>) =>
  checkErrorSampling({
    cluster: 'main',
    samplingPercent: 1,
    telemetries: [],
    customTags: [],
    annotations: {},
    envoyFilters: [],
    mends: [mend],
    ...input,
  });
const telemetry = (name: string, annotations?: Record<string, string>) => ({
  metadata: { name, namespace: 'shop', annotations },
});

describe('a wish that head sampling keep errors', () => {
  it.each<[string, Partial<ErrorSamplingInput>]>([
    [
      'the name of a Telemetry',
      { telemetries: [telemetry('trace-errors-only')] },
    ],
    [
      'an annotation of a Telemetry',
      { telemetries: [telemetry('x', { 'shop.io/sample-on-error': '100' })] },
    ],
    [
      'the name of an EnvoyFilter',
      { envoyFilters: [{ namespace: 'shop', name: 'sample-5xx' }] },
    ],
    ['a custom tag', { customTags: ['sampling.priority'] }],
    ['an annotation of the workload', { annotations: { keepFailures: 'yes' } }],
  ])('is seen in %s, and tail sampling is offered', (_, input) => {
    const found = check(input);

    expect(found).toMatchObject({
      code: 'errors-lost-to-head-sampling',
      severity: 'warning',
      mends: [mend],
    });
    expect(found?.evidence.map(({ fact }) => fact)).toContain('sign');
  });

  it('loses nothing where all requests are traced', () => {
    expect(
      check({
        samplingPercent: 100,
        telemetries: [telemetry('trace-errors-only')],
      }),
    ).toBeUndefined();
  });

  it('is not seen where none is', () => {
    expect(
      check({
        telemetries: [telemetry('mesh-default')],
        customTags: ['team', 'error', 'sampler'],
        annotations: { 'meshtracing.io/error-objective-sampling': '1%' },
        envoyFilters: [{ namespace: 'shop', name: 'trace-headers' }],
      }),
    ).toBeUndefined();
  });

  it.each([
    ['terror-traces', false],
    ['traces', false],
    ['error', false],
    ['errorTraces', true],
    ['TRACE_ERRORS', true],
    ['always-5xx', true],
  ])('%s says so: %p', (name, expected) => {
    expect(meansErrorSampling(name)).toBe(expected);
  });
});
