import assert from 'node:assert/strict';
import type {
  Span,
  Trace,
  TraceAnalysis,
  TraceSummary,
} from 'backstage-plugin-mesh-tracing-common';

/**
 * The legacy API cuts starts and durations to microseconds, v3 keeps
 * nanoseconds: an end, which is their sum, may differ by up to two.
 */
const CUT_US = 2;

function assertClose(
  actual: number | null,
  expected: number | null,
  toleranceUs: number,
  what: string,
): void {
  assert.equal(actual === null, expected === null, what);
  const difference = Math.abs((actual ?? 0) - (expected ?? 0));
  assert.ok(
    difference <= toleranceUs,
    `${what}: ${actual} and ${expected} differ by ${difference} µs`,
  );
}

/** Rows of the legacy API against those of v3. */
export function assertEqualRows(
  legacy: TraceSummary[],
  v3: TraceSummary[],
): void {
  const exact = (rows: TraceSummary[]) =>
    rows.map(row => ({
      ...row,
      startTimeMs: Math.floor(row.startTimeMs * 1000),
      durationUs: 0,
    }));
  assert.deepEqual(exact(v3), exact(legacy));
  legacy.forEach((row, i) =>
    assertClose(v3[i]?.durationUs ?? null, row.durationUs, CUT_US, row.traceId),
  );
}

type Figures = Record<string, unknown>;

/** Equal but for what is measured in microseconds (`…Us`), which is close. */
function assertAlike(
  v3: unknown,
  legacy: unknown,
  toleranceUs: number,
  path: string,
): void {
  if (typeof legacy !== 'object' || legacy === null) {
    if (path.endsWith('Us') && v3 !== null && legacy !== null) {
      assertClose(Number(v3), Number(legacy), toleranceUs, path);
    } else {
      assert.deepEqual(v3, legacy, path);
    }
    return;
  }
  assert.deepEqual(Object.keys(v3 as Figures), Object.keys(legacy), path);
  for (const [key, value] of Object.entries(legacy)) {
    assertAlike((v3 as Figures)[key], value, toleranceUs, `${path}.${key}`);
  }
}

function sorted<T>(items: T[], keyOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

/** Everything that is computed, from the legacy API against v3. */
export function assertEqualAnalyses(
  legacy: TraceAnalysis,
  v3: TraceAnalysis,
): void {
  assertEqualRows(legacy.summaries, v3.summaries);
  const withoutSums = ({ criticalPath, summaries, ...rest }: TraceAnalysis) =>
    rest;
  assertAlike(withoutSums(v3), withoutSums(legacy), CUT_US, 'analysis');
  const path = (analysis: TraceAnalysis) =>
    sorted(
      analysis.criticalPath.map(share => ({ ...share })),
      ({ service, operation }) => `${service} ${operation}`,
    );
  // A sum of stretches, each cut at both of its ends.
  const stretches = legacy.spanCount * CUT_US * 2;
  assertAlike(path(v3), path(legacy), stretches, 'criticalPath');
}

/** Spans in the order of their ids: times alone may tie in microseconds. */
function comparable(trace: Trace) {
  return sorted(trace.spans, ({ spanId }) => spanId).map((span: Span) => ({
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    service: span.service,
    operation: span.operation,
    kind: span.kind,
    status: span.status,
    offsetUs: Math.floor(span.offsetUs),
    durationUs: Math.floor(span.durationUs),
    attributes: Object.fromEntries(
      sorted(Object.entries(span.attributes), ([key]) => key),
    ),
    resource: Object.fromEntries(
      sorted(Object.entries(span.resource), ([key]) => key),
    ),
    scope: span.scope,
    events: span.events.map(({ name, attributes }) => ({ name, attributes })),
    warnings: span.warnings,
  }));
}

/** One trace, to the microsecond. */
export function assertEqualTraces(legacy: Trace, v3: Trace): void {
  assert.equal(v3.traceId, legacy.traceId);
  assert.equal(v3.startTimeUs, legacy.startTimeUs);
  assertClose(v3.durationUs, legacy.durationUs, CUT_US, legacy.traceId);
  assert.deepEqual(comparable(v3), comparable(legacy));
}
