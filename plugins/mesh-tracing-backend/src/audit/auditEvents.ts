import { z } from 'zod';

/** Severities of Backstage's auditor that the product uses. */
export type AuditSeverity = 'low' | 'medium';

/** What is declared of an audit event. */
export interface AuditEventDeclaration {
  severity: AuditSeverity;
  /** Severity where the event tells a refusal, if that is higher. */
  refusedSeverity?: AuditSeverity;
  /** When the event is told, in words for people who read an audit log. */
  when: string;
  /** The event's metadata; an optional field is left out where it has no value. */
  fields: z.ZodObject;
}

const entityRef = z.string();
const workloadText = z.string();
const scope = z.enum(['workload', 'namespace', 'mesh']);

const read = z.strictObject({ entityRef });

/** Fields of a change that is in the history, its old and new values among them. */
const change = z.strictObject({
  /** Id of the change in the history; all events of one change share it. */
  historyId: z.string(),
  actor: z.string(),
  onBehalfOf: z.array(z.string()).optional(),
  entityRef,
  workload: z.looseObject({
    cluster: z.string(),
    namespace: z.string(),
    kind: z.string(),
    name: z.string(),
  }),
  /** `namespace/name` of the object. */
  telemetry: z.string(),
  reason: z.string().optional(),
  expiresAt: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
});

/** Fields of an attempt that was refused before it became a change in the history. */
const attempt = z.strictObject({
  actor: z.string().optional(),
  entityRef,
  workload: workloadText,
  scope,
});

const changeOrAttempt = z.strictObject({
  ...change.partial().shape,
  actor: z.string().optional(),
  entityRef,
  workload: z.union([change.shape.workload, workloadText]),
  scope: scope.optional(),
});

/**
 * All audit events of the product. Code can tell only these, with these fields; the
 * table in `docs/security.md` is compared with them by a test.
 */
export const auditEvents = {
  'trace-search': {
    severity: 'low',
    when: 'traces of an entity are searched',
    fields: read,
  },
  'trace-read': {
    severity: 'low',
    when: 'one trace is read',
    fields: z.strictObject({ entityRef, traceId: z.string() }),
  },
  'trace-locate': {
    severity: 'low',
    when: "it is asked which of the caller's entities a trace belongs to",
    fields: z.strictObject({ traceId: z.string() }),
  },
  'conditional-tracing': {
    severity: 'low',
    when: 'configuration is made that traces marked requests, or that is refused',
    fields: z.strictObject({
      entityRef,
      workload: workloadText,
      /** Name of the header that marks a request. */
      header: z.string(),
    }),
  },
  'latency-read': {
    severity: 'low',
    when: 'statistics of latency are computed from traces',
    fields: read,
  },
  'requests-read': {
    severity: 'low',
    when: 'figures of requests are read from metrics',
    fields: read,
  },
  'diagnosis-read': {
    severity: 'low',
    when: 'the ladder of an entity is looked at',
    fields: read,
  },
  'propagation-read': {
    severity: 'low',
    when: 'it is computed from traces whether calls join them',
    fields: read,
  },
  'dependencies-read': {
    severity: 'low',
    when: 'neighbours are computed from traces',
    fields: read,
  },
  'report-read': {
    severity: 'low',
    when: 'a report is made from traces',
    fields: z.strictObject({
      entityRef,
      format: z.enum(['json', 'markdown']),
    }),
  },
  'setup-read': {
    severity: 'low',
    when: 'spans of an entity are looked at for findings about its set-up',
    fields: read,
  },
  'sampling-preview': {
    severity: 'low',
    refusedSeverity: 'medium',
    when: 'a change is previewed, or its preview is refused',
    fields: attempt,
  },
  'sampling-apply': {
    severity: 'medium',
    when: 'an override is set, or that is refused',
    fields: changeOrAttempt,
  },
  'sampling-extend': {
    severity: 'medium',
    when: 'the end of an override is moved to a later time, or that is refused',
    fields: change,
  },
  'sampling-revert': {
    severity: 'medium',
    when: 'an override is taken away by a person, or that is refused',
    fields: changeOrAttempt,
  },
  'sampling-expire': {
    severity: 'medium',
    when: 'the portal ends an override, or fails to',
    fields: change,
  },
  'sampling-outside-change': {
    severity: 'medium',
    when: 'others changed an override, as the portal saw',
    fields: change,
  },
  'sampling-outside-delete': {
    severity: 'medium',
    when: 'others deleted an override, as the portal saw',
    fields: change,
  },
  'sampling-settled': {
    severity: 'medium',
    when: 'it is found out how a change ended whose answer was lost',
    fields: change.extend({ kind: z.string(), outcome: z.string() }),
  },
  'sampling-refused-by-proxies': {
    severity: 'medium',
    when: 'proxies refuse the configuration that an override makes',
    fields: z.strictObject({
      telemetry: z.string(),
      cluster: z.string(),
      workload: workloadText,
      proxies: z.number(),
      accepted: z.number(),
      changeId: z.string(),
      changedBy: z.string(),
    }),
  },
  'binding-refused': {
    severity: 'medium',
    when: 'something is tried through an entity that may not stand for the workload',
    fields: z.strictObject({
      actor: z.string(),
      action: z.enum(['preview', 'apply', 'revert', 'read-traces']),
      entityRef,
      /** The workload, or `service` and a trace service name. */
      workload: workloadText,
      state: z.string(),
      claim: z.string(),
      /** Refs of the entities that stand for the workload. */
      heldBy: z.array(z.string()),
      /** Refs of the owners that annotations in the cluster name. */
      namedOwners: z.array(z.string()).optional(),
    }),
  },
} as const satisfies Record<string, AuditEventDeclaration>;

/** Id of an audit event. */
export type AuditEventId = keyof typeof auditEvents;

/** The fields of one event. */
export type AuditFields<I extends AuditEventId> = z.input<
  (typeof auditEvents)[I]['fields']
>;
