import fc from 'fast-check';
import { metricsPath, readMetricFamily } from './jaegerMetrics';
import { joinMeasures } from './RequestMeasures';

const point = (doubleValue: unknown) => ({ gaugeValue: { doubleValue } });
const service = { name: 'service_name', value: 'a' };
const operation = { name: 'operation', value: 'GET /' };

describe('metricsPath', () => {
  it('repeats and encodes services, and asks for whole minutes', () => {
    const path = metricsPath(
      { name: 'latencies', quantile: 0.95 },
      { services: ['a b', 'c&d'], startTimeMs: 0, endTimeMs: 90_000 },
    );
    const parameters = new URL(path, 'http://host').searchParams;
    expect(parameters.getAll('service')).toEqual(['a b', 'c&d']);
    expect(parameters.get('ratePer')).toBe('120000');
    expect(parameters.get('quantile')).toBe('0.95');
  });
});

describe('names of services', () => {
  const sent = (name: string) =>
    new URL(
      metricsPath(
        { name: 'calls' },
        { services: [name], startTimeMs: 0, endTimeMs: 60_000 },
      ),
      'http://host',
    ).searchParams.get('service');

  it.each([
    ['shop.frontend-v1', 'shop.frontend-v1'],
    ['größe/ünï code', 'größe/ünï code'],
    ['a|b', 'a.b'],
    ['.*', '..'],
    ['a"} or up{a=~"', 'a.. or up.a=~.'],
    ['\\', '.'],
  ])('that mean something in a pattern are sent without it: %s', (name, as) => {
    expect(sent(name)).toBe(as);
  });

  it('as they are sent fit themselves, and never end the pattern', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), name => {
        const pattern = sent(name) ?? '';
        expect(pattern).not.toMatch(/["\\|*+?()[\]{}^$\n]/);
        expect(Array.from(pattern)).toHaveLength(Array.from(name).length);
        Array.from(pattern).forEach((sign, index) =>
          expect(['.', Array.from(name)[index]]).toContain(sign),
        );
      }),
    );
  });
});

describe('readMetricFamily', () => {
  it('finds the operation by the label of either generation of Jaeger', () => {
    const labels = [service, { name: 'span_name', value: 'GET /' }];
    const json = { metrics: [{ labels, metricPoints: [point(3)] }] };
    expect(readMetricFamily(json, ['a'])).toEqual([
      { service: 'a', operation: 'GET /', value: 3 },
    ]);
  });

  it.each([[[service, operation]], [[operation, service]]])(
    'finds labels by name, in whatever order: %j',
    labels => {
      const json = { metrics: [{ labels, metricPoints: [point(3)] }] };
      expect(readMetricFamily(json, ['a'])).toEqual([
        { service: 'a', operation: 'GET /', value: 3 },
      ]);
    },
  );

  it('takes the newest number, past NaN', () => {
    const metricPoints = [point(1), point(2), point('NaN'), point('Infinity')];
    expect(
      readMetricFamily({ metrics: [{ labels: [service], metricPoints }] }, [
        'a',
      ]),
    ).toEqual([{ service: 'a', value: 2 }]);
  });

  it.each([{}, { metrics: null }, { metrics: [] }, null])(
    'reads nothing from %j',
    json => {
      expect(readMetricFamily(json, ['a'])).toEqual([]);
    },
  );

  it('leaves out services that only match as a regular expression', () => {
    const labels = [{ name: 'service_name', value: 'aXns' }];
    const json = { metrics: [{ labels, metricPoints: [point(1)] }] };
    expect(readMetricFamily(json, ['a.ns'])).toEqual([]);
  });
});

describe('joinMeasures', () => {
  it('does not round a small share of errors to nothing', () => {
    const [row] = joinMeasures({
      calls: [{ service: 'a', value: 10 }],
      errors: [{ service: 'a', value: 0.004 }],
      quantilesUs: [
        { quantile: 0.95, values: [{ service: 'a', value: 1500 }] },
      ],
    });
    expect(row).toEqual({
      service: 'a',
      callsPerSecond: 10,
      errorRate: 0.004,
      p50Us: null,
      p95Us: 1500,
      p99Us: null,
    });
  });
});
