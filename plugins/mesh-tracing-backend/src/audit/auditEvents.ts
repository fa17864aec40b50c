import { z } from 'zod';

/** Severities of Backstage's auditor that the product uses. */
export type AuditSeverity = 'low' | 'medium';

/** What is declared of an audit event. */
export interface AuditEventDeclaration {
  severity: AuditSeverity;
  /** Of its telling as a refusal, where that weighs more. */
  refusedSeverity?: AuditSeverity;
  /** When it is told, for people who read an audit log. */
  when: string;
  /** What it is told with; one that is optional is left out where there is none. */
  fields: z.ZodObject;
}

const entityRef = z.string();
const workloadText = z.string();
const scope = z.enum(['workload', 'namespace', 'mesh']);

const read = z.strictObject({ entityRef });

/** A change that has a place in the history, by its old and new values. */
const change = z.strictObject({
  /** Of the history; the events of one change are counted by it. */
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

/** What was tried and refused before there was a change to name. */
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
  'latency-read': {
    severity: 'low',
    when: 'statistics of latency are computed from traces',
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
      /** Or `service` with a trace service name. */
      workload: workloadText,
      state: z.string(),
      claim: z.string(),
      /** Entities that stand for it. */
      heldBy: z.array(z.string()),
      /** Owners whom the cluster names. */
      namedOwners: z.array(z.string()).optional(),
    }),
  },
} as const satisfies Record<string, AuditEventDeclaration>;

/** Id of an audit event. */
export type AuditEventId = keyof typeof auditEvents;

/** What an event is told with. */
export type AuditFields<I extends AuditEventId> = z.input<
  (typeof auditEvents)[I]['fields']
>;
