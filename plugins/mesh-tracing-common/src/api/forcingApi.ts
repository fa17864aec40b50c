import { z } from 'zod';
import { workloadRefSchema } from './workloadRefSchema';

const notReportedSchema = z.enum([
  'reporting-disabled',
  'no-provider',
  'provider-unusable',
  'tracing-disabled',
  'no-tracer',
]);

const forcingHopSchema = z.object({
  kind: z.enum(['gateway', 'waypoint', 'service']),
  /** Whose proxy meets the request. */
  workload: workloadRefSchema,
  /**
   * By which headers it traces a request under an id that is known before; null where
   * by none, and `refusal` says why.
   */
  headers: z.enum(['w3c', 'b3']).nullable(),
  refusal: z
    .union([notReportedSchema, z.enum(['no-proxy', 'provider-without-recipe'])])
    .optional(),
  provider: z.object({ name: z.string(), kind: z.string() }).optional(),
  samplingPercent: z.number().optional(),
  /** Address inside the cluster. */
  url: z.string().optional(),
  notes: z.array(
    z.enum([
      'sampler-decides',
      'later-hops-decide-again',
      'no-context-onwards',
      'entity-sends-no-spans',
      'leads-there-unknown',
      'port-forward-passes-by',
    ]),
  ),
});

/** `GET …/forcing`: where one request can be sent so that it is traced. @public */
export const forcingResponseSchema = z.object({
  entityRef: z.string(),
  /** The likeliest first; empty without workloads. */
  hops: z.array(forcingHopSchema),
  /** Whether the caller is shown conditional tracing, and if not, why. */
  conditional: z.object({
    allowed: z.boolean(),
    /** One sentence; absent when allowed. */
    reason: z.string().optional(),
  }),
});
/** @public */
export type ForcingResponse = z.infer<typeof forcingResponseSchema>;

/** Body of `POST …/forcing/conditional`. @public */
export const conditionalRequestSchema = z.strictObject({
  /** One of the hops of `GET …/forcing`. */
  workload: workloadRefSchema,
  /** Name of the header that marks a request. */
  header: z.string().max(200),
  /** Its whole value; absent = any. */
  value: z.string().max(200).optional(),
});
/** @public */
export type ConditionalRequest = z.infer<typeof conditionalRequestSchema>;

/** `POST …/forcing/conditional`: configuration for people to apply. @public */
export const conditionalResponseSchema = z.object({
  /** An EnvoyFilter as `kubectl apply` takes it; absent where none works there. */
  yaml: z.string().optional(),
  refusal: z
    .union([notReportedSchema, z.enum(['no-proxy', 'waypoint', 'no-label'])])
    .optional(),
  /** Every workload whose proxies it changes. */
  reaches: z.array(workloadRefSchema),
  risks: z.array(
    z.enum([
      'spoofable',
      'load',
      'identity-in-clear',
      'strip-at-edge',
      'before-authentication',
      'decided-before',
      'breaks-with-upgrades',
      'unproven-version',
      'reaches-others',
      'volatile-labels',
    ]),
  ),
});
/** @public */
export type ConditionalResponse = z.infer<typeof conditionalResponseSchema>;

/** `GET /traces/{traceId}`: whose of the caller's entities a trace is. @public */
export const locatedTraceSchema = z.object({
  /** 32 lower-case hexadecimal digits. */
  traceId: z.string(),
  /** Entities that the caller owns and that have a span in it; at least one. */
  entities: z.array(
    z.object({ entityRef: z.string(), title: z.string().optional() }),
  ),
});
/** @public */
export type LocatedTrace = z.infer<typeof locatedTraceSchema>;
