import type {
  RequestFigures,
  RequestMetricsRow,
} from 'backstage-plugin-mesh-tracing-common';

/** The quantiles that are shown. Jaeger rounds to two digits, so none has more. */
export const QUANTILES = [0.5, 0.95, 0.99] as const;

/** Fields of the quantiles, in the order of {@link QUANTILES}. */
export const QUANTILE_FIELDS = ['p50Us', 'p95Us', 'p99Us'] as const;

/** A value of one series. */
export interface MetricsValue {
  service: string;
  operation?: string;
  value: number;
}

/** One list for each measure; {@link joinMeasures} puts them together. */
export interface RequestMeasures {
  /** Requests a second. */
  calls: MetricsValue[];
  /** Share of failed requests, 0..1. */
  errors: MetricsValue[];
  quantilesUs: Array<{
    quantile: (typeof QUANTILES)[number];
    values: MetricsValue[];
  }>;
}

/** What tells the rows of a table apart. */
export function keyOf({
  service,
  operation,
}: Pick<MetricsValue, 'service' | 'operation'>): string {
  return JSON.stringify([service, operation]);
}

/** Puts the measures of each service, or operation, together; busiest first. */
export function joinMeasures(measures: RequestMeasures): RequestMetricsRow[] {
  const rows = new Map<string, RequestMetricsRow>();
  const rowOf = (of: MetricsValue): RequestMetricsRow => {
    const { service, operation } = of;
    let row = rows.get(keyOf(of));
    if (!row) {
      row = {
        service,
        ...(operation ? { operation } : {}),
        callsPerSecond: null,
        errorRate: null,
        p50Us: null,
        p95Us: null,
        p99Us: null,
      };
      rows.set(keyOf(of), row);
    }
    return row;
  };
  measures.calls.forEach(value => {
    rowOf(value).callsPerSecond = value.value;
  });
  measures.errors.forEach(value => {
    rowOf(value).errorRate = value.value;
  });
  for (const { quantile, values } of measures.quantilesUs) {
    const field = QUANTILE_FIELDS[QUANTILES.indexOf(quantile)];
    values.forEach(value => {
      if (field) {
        rowOf(value)[field] = value.value;
      }
    });
  }
  return [...rows.values()].sort(
    (a, b) => (b.callsPerSecond ?? 0) - (a.callsPerSecond ?? 0),
  );
}

/**
 * Shares of failed requests. Who has requests and no series of failures had none
 * that failed: the share is 0, not unknown.
 */
export function failedShares(
  calls: MetricsValue[],
  failures: MetricsValue[],
  shareOf: (failed: number, all: number) => number,
): MetricsValue[] {
  const failed = new Map(failures.map(item => [keyOf(item), item.value]));
  return calls.flatMap(item =>
    item.value > 0
      ? [{ ...item, value: shareOf(failed.get(keyOf(item)) ?? 0, item.value) }]
      : [],
  );
}

/** Whether there were requests, and no histogram that tells how long any took. */
export function lacksDurations(rows: RequestMetricsRow[]): boolean {
  const served = rows.filter(({ callsPerSecond }) => (callsPerSecond ?? 0) > 0);
  return (
    served.length > 0 &&
    served.every(row => QUANTILE_FIELDS.every(field => row[field] === null))
  );
}

/** Requests a second of all rows, and what share of them failed. */
export function sumOfRates(
  rows: RequestMetricsRow[],
): Pick<RequestFigures, 'callsPerSecond' | 'errorRate'> {
  let calls = 0;
  let failed = 0;
  for (const { callsPerSecond, errorRate } of rows) {
    calls += callsPerSecond ?? 0;
    failed += (callsPerSecond ?? 0) * (errorRate ?? 0);
  }
  return {
    callsPerSecond: calls,
    errorRate: calls > 0 ? failed / calls : null,
  };
}
