import {
  MANAGED_BY_LABEL,
  MANAGED_BY_VALUE,
  OVERRIDE_ANNOTATIONS,
} from '../../shared/annotations';
import type { Telemetry } from '../../tracing';
import {
  CHEAP_SPANS_PER_SECOND,
  checkTelemetry,
  DISTANT_END_MS,
  FULL_SAMPLING_GRACE_MS,
  OVERDUE_MS,
  OVERRIDE_GRACE_MS,
} from './checkTelemetry';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const at = (ms: number) => new Date(NOW + ms).toISOString();

function telemetry(
  percent: number,
  metadata: Partial<Telemetry['metadata']> = {},
): Telemetry {
  return {
    metadata: { name: 'all', namespace: 'shop', ...metadata },
    spec: { tracing: [{ randomSamplingPercentage: percent }] },
  };
}

const override = (percent: number, expiresAt?: string, ageMs = 0) =>
  telemetry(percent, {
    labels: { [MANAGED_BY_LABEL]: MANAGED_BY_VALUE },
    creationTimestamp: at(-ageMs),
    annotations: {
      [OVERRIDE_ANNOTATIONS.changedBy]: 'user:default/olivia',
      ...(expiresAt ? { [OVERRIDE_ANNOTATIONS.expiresAt]: expiresAt } : {}),
    },
  });

const check = (
  subject: Telemetry,
  traffic: { spansPerSecond?: number; suggestedPercent?: number } = {},
) => checkTelemetry(subject, { cluster: 'main', nowMs: NOW, ...traffic });

const factOf = (found: ReturnType<typeof check>, fact: string) =>
  found?.evidence.find(each => each.fact === fact)?.value;

describe('a Telemetry of 100 % that nothing ends', () => {
  const old = telemetry(100, {
    creationTimestamp: at(-3 * FULL_SAMPLING_GRACE_MS),
  });

  it('is a warning with its age, its author, its cost and the command that mends it', () => {
    const written = telemetry(100, {
      creationTimestamp: at(-9 * FULL_SAMPLING_GRACE_MS),
      managedFields: [
        {
          manager: 'kubectl-edit',
          time: at(-4 * FULL_SAMPLING_GRACE_MS),
          fieldsV1: { 'f:spec': {} },
        },
        {
          manager: 'annotator',
          time: at(-1),
          fieldsV1: { 'f:metadata': {} },
        },
      ],
    });

    const found = check(written, {
      spansPerSecond: 240,
      suggestedPercent: 2.5,
    });

    expect(found).toMatchObject({
      code: 'full-sampling-without-end',
      severity: 'warning',
      resources: ['shop/all'],
      cluster: 'main',
    });
    expect(factOf(found, 'set-by')).toBe('kubectl-edit');
    expect(factOf(found, 'age')).toBe(4 * FULL_SAMPLING_GRACE_MS);
    expect(factOf(found, 'spans-per-second')).toBe(240);
    expect(found?.mends[0]).toMatchObject({
      kind: 'command',
      text: `kubectl -n shop patch telemetries.telemetry.istio.io all --type=json -p '[{"op":"replace","path":"/spec/tracing/0/randomSamplingPercentage","value":2.5}]'`,
    });
  });

  it.each([
    ['in its first day', FULL_SAMPLING_GRACE_MS - 1, 'info'],
    ['from its second day on', FULL_SAMPLING_GRACE_MS, 'warning'],
  ])('%s is as urgent as that', (_, ageMs, severity) => {
    const created = telemetry(100, { creationTimestamp: at(-ageMs) });

    expect(check(created)?.severity).toBe(severity);
  });

  it.each([
    [CHEAP_SPANS_PER_SECOND - 0.01, 'info'],
    [CHEAP_SPANS_PER_SECOND, 'warning'],
  ])('that makes %p spans a second is as urgent as that', (rate, severity) => {
    expect(check(old, { spansPerSecond: rate })?.severity).toBe(severity);
  });

  it.each([
    ['of 99.99 %', telemetry(99.99)],
    [
      'without reports',
      {
        ...old,
        spec: {
          tracing: [
            { randomSamplingPercentage: 100, disableSpanReporting: true },
          ],
        },
      },
    ],
    [
      'for a collector that decides afterwards',
      telemetry(100, {
        annotations: { 'meshtracing.io/tail-sampling': 'the collector' },
      }),
    ],
    ['that says nothing', { metadata: old.metadata }],
    ['that is an override with an end', override(100, at(60_000))],
  ])('is not one %s', (_, other) => {
    expect(check(other)).toBeUndefined();
  });

  it('names no percentage where all requests are few enough', () => {
    const found = check(old, { suggestedPercent: 100 });

    expect(found?.mends.map(({ kind }) => kind)).toEqual(['action']);
  });
});

describe('an override of the portal', () => {
  it.each([
    ['without an end, in its first week', override(5), 'info'],
    [
      'without an end, after its first week',
      override(5, undefined, OVERRIDE_GRACE_MS),
      'warning',
    ],
    ['without an end, of all requests', override(100), 'warning'],
    ['with an end too far away', override(5, at(DISTANT_END_MS + 1)), 'info'],
  ])('%s is told of', (_, subject, severity) => {
    expect(check(subject)).toMatchObject({
      code: 'override-without-end',
      severity,
    });
    expect(factOf(check(subject), 'set-by')).toBe('user:default/olivia');
  });

  it.each([
    ['that ends within a quarter of a year', at(DISTANT_END_MS)],
    ['whose end has just passed', at(-OVERDUE_MS)],
  ])('%s is not', (_, expiresAt) => {
    expect(check(override(100, expiresAt))).toBeUndefined();
  });

  it('that is still there long after its end is to be removed', () => {
    const found = check(override(50, at(-OVERDUE_MS - 1)));

    expect(found).toMatchObject({
      code: 'override-past-its-end',
      severity: 'warning',
    });
    expect(found?.mends[0]).toMatchObject({
      text: 'kubectl -n shop delete telemetries.telemetry.istio.io all',
    });
  });
});
