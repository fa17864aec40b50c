import {
  double,
  field,
  signed,
  text,
  unsigned,
  varint,
} from '../../checks/protobuf';

const HISTOGRAM = 4;
const COUNTER = 0;
/** Eight buckets for each power of two: bounds are 9 % apart. */
const SCHEMA = 3;
const ZERO_THRESHOLD = 1e-128;

/** A histogram as native buckets: how many observations lie at each value. */
export interface NativeHistogram {
  labels: Record<string, string>;
  /** Observations by value. */
  observations: ReadonlyMap<number, number>;
}

/** A counter with its labels. */
export interface Counter {
  labels: Record<string, string>;
  value: number;
}

function labelPairs(labels: Record<string, string>): Buffer {
  return Buffer.concat(
    Object.entries(labels).map(([name, value]) =>
      field(1, Buffer.concat([text(1, name), text(2, value)])),
    ),
  );
}

/** Index of the bucket that a value lies in: its bound is 2 ** (index / 2 ** schema). */
function bucketOf(value: number): number {
  return Math.ceil(Math.log2(value) * 2 ** SCHEMA);
}

function histogramMessage(
  observations: NativeHistogram['observations'],
): Buffer {
  const buckets = new Map<number, number>();
  let count = 0;
  let sum = 0;
  for (const [value, times] of observations) {
    const bucket = bucketOf(value);
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + times);
    count += times;
    sum += value * times;
  }
  const spans: Buffer[] = [];
  const deltas: Buffer[] = [];
  let next = 0;
  let former = 0;
  for (const [index, times] of [...buckets].sort(([a], [b]) => a - b)) {
    const gap = spans.length === 0 ? index : index - next;
    spans.push(field(12, Buffer.concat([signed(1, gap), unsigned(2, 1)])));
    deltas.push(signed(13, times - former));
    next = index + 1;
    former = times;
  }
  return Buffer.concat([
    unsigned(1, count),
    double(2, sum),
    signed(5, SCHEMA),
    double(6, ZERO_THRESHOLD),
    unsigned(7, 0),
    ...spans,
    ...deltas,
  ]);
}

function family(name: string, type: number, metrics: Buffer[]): Buffer {
  const message = Buffer.concat([
    text(1, name),
    unsigned(3, type),
    ...metrics.map(metric => field(4, metric)),
  ]);
  return Buffer.concat([varint(message.length), message]);
}

/**
 * Metrics in the form that carries native histograms: delimited messages of type
 * `io.prometheus.client.MetricFamily`.
 */
export function delimitedFamilies(of: {
  counter: { name: string; series: Counter[] };
  histogram: { name: string; series: NativeHistogram[] };
}): Buffer {
  return Buffer.concat([
    family(
      of.counter.name,
      COUNTER,
      of.counter.series.map(({ labels, value }) =>
        Buffer.concat([labelPairs(labels), field(3, double(1, value))]),
      ),
    ),
    family(
      of.histogram.name,
      HISTOGRAM,
      of.histogram.series.map(({ labels, observations }) =>
        Buffer.concat([
          labelPairs(labels),
          field(7, histogramMessage(observations)),
        ]),
      ),
    ),
  ]);
}
