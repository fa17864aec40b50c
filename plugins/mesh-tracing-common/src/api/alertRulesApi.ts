import { z } from 'zod';
import { visibleLine } from '../shared/visibleText';

const windowMinutes = z.number().int().min(1).max(1_440);
const forMinutes = z.number().int().min(0).max(1_440);
/** Fewer requests than these in the window say nothing. */
const leastRequests = z.number().int().min(0).max(1_000_000);
/** A share can't be larger than 100 %, so that no alert would ever fire above it. */
const maxPercent = z.number().min(0.001).max(99.99);
/** @public */
export const alertSeveritySchema = z.enum(['critical', 'warning', 'info']);
/** How urgent an alert is, in the words of Prometheus' own rules. @public */
export type AlertSeverity = z.infer<typeof alertSeveritySchema>;

const timing = { windowMinutes, forMinutes, severity: alertSeveritySchema };

const latencyMs = z.number().min(1).max(3_600_000);
const latencySchema = z
  .strictObject({
    p95MaxMs: latencyMs.optional(),
    p99MaxMs: latencyMs.optional(),
    leastRequests,
    ...timing,
  })
  .refine(
    ({ p95MaxMs, p99MaxMs }) =>
      p95MaxMs !== undefined || p99MaxMs !== undefined,
    { message: 'needs p95MaxMs or p99MaxMs' },
  );

/** Kubernetes, names of namespaces and values and names of labels. */
const dnsLabel = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, {
    message: 'is not a name of Kubernetes, such as monitoring',
  });
const labelName = z
  .string()
  .max(316)
  .regex(/^[A-Za-z0-9][-A-Za-z0-9_./]*$/, {
    message: 'is not the name of a label, such as release',
  });
const labelValue = z
  .string()
  .max(63)
  .regex(/^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/, {
    message: 'is not the value of a label, such as prometheus',
  });

const rules = {
  /** Share of failed requests above a threshold. */
  errorRate: z
    .strictObject({ maxPercent, leastRequests, ...timing })
    .optional(),
  /** The objective's budget of failures is spent too fast, over several windows. */
  errorBudget: z
    .strictObject({
      /** Share of requests that are to succeed. */
      objectivePercent: z.number().min(50).max(99.999),
      periodDays: z.number().int().min(7).max(90),
      leastRequests,
    })
    .optional(),
  latency: latencySchema.optional(),
  /** Share of spans that are lost on their way into the store. */
  lostSpans: z.strictObject({ maxPercent, ...timing }).optional(),
  /** Share of requests that is traced below a threshold. */
  tracedShare: z
    .strictObject({
      minPercent: z.number().min(0.001).max(100),
      ...timing,
    })
    .optional(),
};

const files = {
  /** What the pull request brings; `prometheus-rule` when absent. */
  format: z.enum(['prometheus-rule', 'rule-file']).optional(),
  /** Where the PrometheusRule goes, and by which labels its operator finds it. */
  object: z
    .strictObject({
      namespace: dnsLabel.optional(),
      labels: z
        .record(labelName, labelValue)
        .refine(labels => Object.keys(labels).length <= 20, {
          message: 'has more than 20 labels',
        })
        .optional(),
    })
    .optional(),
  /** Keeps rules in the files whose series the metrics do not have. */
  keepsMissing: z.boolean().optional(),
};

type RuleWishes = { [Name in keyof typeof rules]?: unknown };

function wishesSomething(wishes: RuleWishes): boolean {
  return Object.keys(rules).some(
    name => wishes[name as keyof RuleWishes] !== undefined,
  );
}

const NOTHING_WISHED = {
  message:
    'needs one of errorRate, errorBudget, latency, lostSpans and tracedShare',
};

/** Body of `POST …/alert-rules`. @public */
export const alertRulesRequestSchema = z
  .strictObject({ ...rules, ...files })
  .refine(wishesSomething, NOTHING_WISHED);
/** @public */
export type AlertRulesRequest = z.infer<typeof alertRulesRequestSchema>;

/** Most entities that one answer has rules for. @public */
export const MAX_ALERT_ENTITIES = 20;

/** Body of `POST /owned/alert-rules`. @public */
export const ownedAlertRulesRequestSchema = z
  .strictObject({
    /** Limits the rules to what this group or user owns, which must be the caller's own. */
    owner: z.string().max(300).optional(),
    /** Limits the rules to these entities of those that the caller owns. */
    entityRefs: z
      .array(z.string().max(600))
      .min(1)
      .max(MAX_ALERT_ENTITIES)
      .optional(),
    ...rules,
    ...files,
  })
  .refine(wishesSomething, NOTHING_WISHED);
/** @public */
export type OwnedAlertRulesRequest = z.infer<
  typeof ownedAlertRulesRequestSchema
>;

const text = z.string().overwrite(visibleLine);

/** What the live metrics say of a rule. @public */
export const alertCheckSchema = z.discriminatedUnion('state', [
  z.object({
    /** The series are there. */
    state: z.literal('verified'),
    atMs: z.number(),
    /** In the rule's unit; null where it can't be told, as without a request. */
    value: z.number().nullable(),
    /** The condition holds now; whether the alert fires depends on for how long. */
    holdsNow: z.boolean(),
    /** Times that it would have fired in the last day; null where not known. */
    firedCount: z.number().nullable(),
    /** For how long together. */
    firedMinutes: z.number().nullable(),
    /** The histogram's last bound lies below the threshold: it can never fire. */
    largestBoundMs: z.number().optional(),
  }),
  z.object({
    /** The metrics have no such series: the alert would never fire. */
    state: z.literal('no-series'),
    missing: z.array(
      z.object({
        kind: z.enum(['metric', 'label', 'series']),
        metric: text,
        /** Of `label`: which one no series has. */
        label: text.optional(),
        /** Of `series`: the selector that finds none. */
        selector: text.optional(),
      }),
    ),
  }),
  z.object({
    state: z.literal('unchecked'),
    reason: z.enum([
      /** No Prometheus is configured for the trace store. */
      'not-configured',
      /** It does not answer, or refuses. */
      'unavailable',
      /** Further rules of this answer used up what may be asked for. */
      'too-many',
    ]),
    message: text.optional(),
  }),
]);
/** @public */
export type AlertCheck = z.infer<typeof alertCheckSchema>;

/** @public */
export const alertRuleKindSchema = z.enum([
  'error-rate',
  'error-budget',
  'latency',
  'lost-spans',
  'traced-share',
]);
/** What an alert is about. @public */
export type AlertRuleKind = z.infer<typeof alertRuleKindSchema>;

/** @public */
export const alertRuleViewSchema = z.object({
  alert: z.string(),
  kind: alertRuleKindSchema,
  /** Which of several of its kind, such as p95 or collector. */
  variant: z.string().optional(),
  expression: z.string(),
  forMinutes: z.number(),
  severity: alertSeveritySchema,
  /** Of `value` and of the threshold. */
  unit: z.enum(['percent', 'ms']),
  threshold: z.number(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  check: alertCheckSchema,
  /** Left out of the files, since its series are missing. */
  leftOut: z.boolean(),
});
/** One alert, and what the live metrics say of it. @public */
export type AlertRuleView = z.infer<typeof alertRuleViewSchema>;

/** `POST …/alert-rules` and `POST /owned/alert-rules`. @public */
export const alertRulesResponseSchema = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      /** Absent for alerts about what several entities share, as collectors are. */
      entityRef: z.string().optional(),
      store: z.string(),
      /** By which names the rules ask; absent where standard ones are assumed. */
      metrics: z.enum(['istio', 'span-metrics']).optional(),
      recordingCount: z.number(),
      alerts: z.array(alertRuleViewSchema),
      /** Pairs of windows of an objective that have no alert, and why. */
      leftOutBurnRates: z.array(
        z.object({
          burnRate: z.number(),
          /** No share of failures burns so fast, or the budget outlasts the period. */
          reason: z.enum(['unreachable', 'within-budget']),
        }),
      ),
    }),
  ),
  /** What to configure where no metrics are; absent where all stores have them. */
  whatToConfigure: z.string().optional(),
  /** Null when every rule is left out. */
  files: z
    .object({
      prometheusRule: z.string(),
      ruleFile: z.string(),
      pullRequest: z.object({
        branch: z.string(),
        path: z.string(),
        title: z.string(),
        /** Markdown. */
        body: z.string(),
        content: z.string(),
      }),
    })
    .nullable(),
  /** Entities that have no rules, and why. */
  withoutRules: z.array(
    z.object({
      entityRef: z.string(),
      reason: z.enum([
        /** Nothing is known of it that the metrics could be asked about. */
        'no-workload',
        /** Its traces, and what is made of them, are not shown to the caller. */
        'not-readable',
        /** No trace store is configured for it. */
        'no-store',
        /** More entities than one answer has rules for. */
        'too-many',
      ]),
    }),
  ),
});
/** @public */
export type AlertRulesResponse = z.infer<typeof alertRulesResponseSchema>;
