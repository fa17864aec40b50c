/** Requests of one kind that come evenly through a stretch of time. */
export interface RequestGroup {
  /** Labels of the counter; the histogram has the same. */
  labels: Record<string, string>;
  /** Requests a second, in the first and in the second half of the history. */
  perSecond: [early: number, late: number];
  /** Share of the requests that end in each bucket, 0..1, by upper bound. */
  buckets: Record<string, number>;
}

/** A history of which everything is known. */
export interface RequestHistory {
  /** Seconds since the epoch. */
  startS: number;
  endS: number;
  counter: string;
  /** Without `_bucket`. */
  histogram: string;
  /** Upper bounds of the buckets, without infinity. */
  bounds: number[];
  groups: RequestGroup[];
}

/** Seconds between two readings. */
export const INTERVAL_S = 15;

/** Bounds of Istio's histogram up to ten seconds, milliseconds. */
export const ISTIO_BOUNDS = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000,
];

/** Requests of a group from the start of the history until a moment. */
export function requestsUntil(
  { startS, endS }: RequestHistory,
  { perSecond: [early, late] }: RequestGroup,
  atS: number,
): number {
  const middleS = (startS + endS) / 2;
  return (
    early * (Math.min(atS, middleS) - startS) +
    late * Math.max(0, atS - middleS)
  );
}

/**
 * A quantile of requests that are spread evenly within their buckets: what there is
 * to know of a classic histogram.
 */
export function bucketQuantile(
  groups: Array<Pick<RequestGroup, 'buckets'> & { weight: number }>,
  quantile: number,
): number {
  const shares = new Map<number, number>();
  let all = 0;
  for (const { buckets, weight } of groups) {
    for (const [bound, share] of Object.entries(buckets)) {
      shares.set(
        Number(bound),
        (shares.get(Number(bound)) ?? 0) + share * weight,
      );
      all += share * weight;
    }
  }
  let before = 0;
  for (const bound of [...shares.keys()].sort((a, b) => a - b)) {
    const share = shares.get(bound) ?? 0;
    if (before + share >= quantile * all) {
      const lower = ISTIO_BOUNDS.filter(other => other < bound).at(-1) ?? 0;
      return lower + ((bound - lower) * (quantile * all - before)) / share;
    }
    before += share;
  }
  return NaN;
}
