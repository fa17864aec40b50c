import type {
  AlertRulesRequest,
  AlertSeverity,
} from 'backstage-plugin-mesh-tracing-common';

/** Alerts that can be wished for, in the order of the form. */
export const ALERT_PARTS = [
  'errorBudget',
  'errorRate',
  'latency',
  'lostSpans',
  'tracedShare',
] as const;

/** One of {@link ALERT_PARTS}. */
export type AlertPart = (typeof ALERT_PARTS)[number];

const TIMING = ['windowMinutes', 'forMinutes'] as const;

/** Numbers of each part, in the order of the form. */
export const PART_FIELDS = {
  errorBudget: ['objectivePercent', 'periodDays', 'leastRequests'],
  errorRate: ['maxPercent', ...TIMING, 'leastRequests'],
  latency: ['p95MaxMs', 'p99MaxMs', ...TIMING, 'leastRequests'],
  lostSpans: ['maxPercent', ...TIMING],
  tracedShare: ['minPercent', ...TIMING],
} as const satisfies Record<AlertPart, readonly string[]>;

/** Name of a number of any part. */
export type AlertField = (typeof PART_FIELDS)[AlertPart][number];

/** What the backend takes for each number; whole where it is not a share or a time. */
export const FIELD_LIMITS: Record<
  AlertField,
  { least: number; most: number; isWhole: boolean; isOptional?: true }
> = {
  objectivePercent: { least: 50, most: 99.999, isWhole: false },
  periodDays: { least: 7, most: 90, isWhole: true },
  leastRequests: { least: 0, most: 1_000_000, isWhole: true },
  maxPercent: { least: 0.001, most: 99.99, isWhole: false },
  minPercent: { least: 0.001, most: 100, isWhole: false },
  p95MaxMs: { least: 1, most: 3_600_000, isWhole: false, isOptional: true },
  p99MaxMs: { least: 1, most: 3_600_000, isWhole: false, isOptional: true },
  windowMinutes: { least: 1, most: 1_440, isWhole: true },
  forMinutes: { least: 0, most: 1_440, isWhole: true },
};

/** One alert in the form; a number that is left empty is `NaN`. */
export interface PartDraft {
  isOn: boolean;
  severity: AlertSeverity;
  values: Partial<Record<AlertField, number>>;
}

/** What the form holds. */
export interface AlertDraft {
  parts: Record<AlertPart, PartDraft>;
  format: NonNullable<AlertRulesRequest['format']>;
  namespace: string;
  /** `name=value`, with commas between several. */
  labels: string;
  keepsMissing: boolean;
}

/** Beginnings of a draft: which alerts are on. */
export const PRESETS = {
  objective: ['errorBudget', 'latency'],
  thresholds: ['errorRate', 'latency'],
  tracing: ['lostSpans', 'tracedShare'],
  all: ALERT_PARTS,
} as const satisfies Record<string, readonly AlertPart[]>;

/** Name of a beginning. */
export type AlertPreset = keyof typeof PRESETS;

const timing = { windowMinutes: 5, forMinutes: 5 };

/** A draft whose numbers suit a service with some requests a second. */
export function draftOf(preset: AlertPreset): AlertDraft {
  const on: readonly AlertPart[] = PRESETS[preset];
  const part = (
    name: AlertPart,
    severity: AlertSeverity,
    values: PartDraft['values'],
  ): PartDraft => ({ isOn: on.includes(name), severity, values });
  return {
    parts: {
      errorBudget: part('errorBudget', 'critical', {
        objectivePercent: 99.9,
        periodDays: 30,
        leastRequests: 50,
      }),
      errorRate: part('errorRate', 'critical', {
        maxPercent: 1,
        ...timing,
        leastRequests: 50,
      }),
      latency: part('latency', 'warning', {
        p95MaxMs: 500,
        p99MaxMs: NaN,
        ...timing,
        leastRequests: 50,
      }),
      lostSpans: part('lostSpans', 'warning', { maxPercent: 1, ...timing }),
      tracedShare: part('tracedShare', 'info', {
        minPercent: 0.5,
        windowMinutes: 60,
        forMinutes: 30,
      }),
    },
    format: 'prometheus-rule',
    namespace: '',
    labels: '',
    keepsMissing: false,
  };
}

/** Where something is wrong: a number of a part, or another field. */
export type AlertProblem =
  | { at: 'number'; part: AlertPart; field: AlertField }
  | { at: 'nothing' | 'noPercentile' | 'namespace' | 'labels' };

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL = /^([A-Za-z0-9][-A-Za-z0-9_./]{0,315})=([-A-Za-z0-9_.]{0,63})$/;

/** What the backend would refuse. */
export function alertProblems(draft: AlertDraft): AlertProblem[] {
  const on = ALERT_PARTS.filter(part => draft.parts[part].isOn);
  const { p95MaxMs = NaN, p99MaxMs = NaN } = draft.parts.latency.values;
  const problems: AlertProblem[] = on.flatMap(part =>
    PART_FIELDS[part]
      .filter(field => isWrong(field, draft.parts[part].values[field]))
      .map(field => ({ at: 'number' as const, part, field })),
  );
  if (on.length === 0) {
    problems.push({ at: 'nothing' });
  }
  if (
    on.includes('latency') &&
    Number.isNaN(p95MaxMs) &&
    Number.isNaN(p99MaxMs)
  ) {
    problems.push({ at: 'noPercentile' });
  }
  if (draft.namespace !== '' && !NAMESPACE.test(draft.namespace)) {
    problems.push({ at: 'namespace' });
  }
  if (labelTexts(draft).some(label => !LABEL.test(label))) {
    problems.push({ at: 'labels' });
  }
  return problems;
}

/** The request that a draft without problems is. */
export function requestOf(draft: AlertDraft): AlertRulesRequest {
  const labels = labelTexts(draft).map(label => label.split('='));
  const object = {
    ...(draft.namespace && { namespace: draft.namespace }),
    ...(labels.length > 0 && { labels: Object.fromEntries(labels) }),
  };
  const parts = ALERT_PARTS.filter(part => draft.parts[part].isOn).map(part => {
    const { severity, values } = draft.parts[part];
    const numbers = PART_FIELDS[part]
      .map(field => [field, values[field] ?? NaN] as const)
      .filter(([, value]) => !Number.isNaN(value));
    return [
      part,
      {
        ...Object.fromEntries(numbers),
        ...(part !== 'errorBudget' && { severity }),
      },
    ];
  });
  return {
    ...(Object.fromEntries(parts) as Pick<AlertRulesRequest, AlertPart>),
    format: draft.format,
    ...(Object.keys(object).length > 0 && { object }),
    ...(draft.keepsMissing && { keepsMissing: true }),
  };
}

function isWrong(field: AlertField, value = NaN): boolean {
  const { least, most, isWhole, isOptional } = FIELD_LIMITS[field];
  if (Number.isNaN(value)) {
    return !isOptional;
  }
  return value < least || value > most || (isWhole && !Number.isInteger(value));
}

function labelTexts({ labels }: AlertDraft): string[] {
  return labels
    .split(',')
    .map(label => label.trim())
    .filter(Boolean);
}
