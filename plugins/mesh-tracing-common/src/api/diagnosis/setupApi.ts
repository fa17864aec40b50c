import { z } from 'zod';
import { setupFindingCatalog, type SetupFinding } from '../../setup';
import { windowQuerySchema } from '../tracesApi';
import { workloadRefSchema } from '../workloadRefSchema';
import { clusterStateSchema } from '../workloadsApi';

type Code = keyof typeof setupFindingCatalog;
const codes = Object.keys(setupFindingCatalog) as [Code, ...Code[]];

const setupEvidenceSchema = z.object({
  fact: z.enum([
    'sampling-percent',
    'suggested-percent',
    'requests-per-second',
    'spans-per-second',
    'traces-per-minute',
    'age',
    'set-at',
    'set-by',
    'ends-at',
    'source',
    'sign',
    'error-objective',
    'time-between-failures',
    'tag',
    'shape',
    'span-count',
    'distinct-values',
    'share',
    'request-count',
    'bytes-per-span',
    'bytes-of-tag',
    'former-name',
    'present-name',
    'changed-at',
    'range',
    'oldest-trace-at',
    'names-looked-at',
  ]),
  value: z.union([z.number(), z.string()]),
  unit: z.enum([
    'text',
    'count',
    'percent',
    'per-second',
    'per-minute',
    'bytes',
    'duration-ms',
    'time-ms',
  ]),
});

const setupMendSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    title: z.string(),
    text: z.string(),
  }),
  z.object({ kind: z.literal('yaml'), title: z.string(), text: z.string() }),
  z.object({ kind: z.literal('link'), title: z.string(), href: z.string() }),
  z.object({
    kind: z.literal('action'),
    title: z.string(),
    view: z.enum(['sampling', 'traces']),
    samplingPercent: z.number().optional(),
  }),
]);

/** @public */
export const setupFindingSchema = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  code: z.enum(codes),
  what: z.string(),
  whatToDo: z.string(),
  evidence: z.array(setupEvidenceSchema),
  mends: z.array(setupMendSchema),
  resources: z.array(z.string()).optional(),
  cluster: z.string().optional(),
}) satisfies z.ZodType<SetupFinding>;

/** Query of `GET …/setup-findings`. @public */
export const setupFindingsQuerySchema = windowQuerySchema.extend({
  /**
   * Share of failing requests, percent, that is to be noticed; wins over the
   * entity's annotation `meshtracing.io/error-objective`.
   */
  errorObjectivePercent: z.coerce.number().gt(0).max(100).optional(),
});

/** `GET …/setup-findings`. @public */
export const setupFindingsResponseSchema = z.object({
  entityRef: z.string(),
  startTimeMs: z.number(),
  endTimeMs: z.number(),
  /** Most urgent first. */
  findings: z.array(setupFindingSchema),
  /** What was looked at; what could not be has findings that nobody sees. */
  parts: z.array(
    z.object({
      part: z.enum(['configuration', 'requests', 'traces', 'spans']),
      /**
       * `not-allowed`: the caller may not read it; `unavailable`: its source failed;
       * `nothing-there`: no metrics, no traces, or no workloads.
       */
      state: z.enum(['checked', 'not-allowed', 'unavailable', 'nothing-there']),
      /** Of what failed, in plain words. */
      problem: z.string().optional(),
    }),
  ),
  /** Of the entity's traces, those whose spans were looked at. */
  inspected: z.object({ traceCount: z.number(), spanCount: z.number() }),
  /** Share of failing requests that was asked for, percent; null = none. */
  errorObjectivePercent: z.number().nullable(),
});
/** @public */
export type SetupFindingsResponse = z.infer<typeof setupFindingsResponseSchema>;

/** `GET /v1/owned/setup-findings`. @public */
export const ownedSetupFindingsResponseSchema = z.object({
  owners: z.array(z.string()),
  /** Those with a finding. */
  entities: z.array(
    z.object({
      entityRef: z.string(),
      findings: z.array(setupFindingSchema),
    }),
  ),
  /** Entities that were looked at. */
  checkedCount: z.number(),
  clusters: z.array(clusterStateSchema),
});
/** @public */
export type OwnedSetupFindingsResponse = z.infer<
  typeof ownedSetupFindingsResponseSchema
>;

/** `GET /v1/mesh/setup-findings`. @public */
export const meshSetupFindingsResponseSchema = z.object({
  /** Most urgent first. */
  findings: z.array(setupFindingSchema),
  /** Findings beyond the bound of the answer. */
  moreCount: z.number(),
  /** Telemetries that were looked at. */
  telemetryCount: z.number(),
  clusters: z.array(clusterStateSchema),
});
/** @public */
export type MeshSetupFindingsResponse = z.infer<
  typeof meshSetupFindingsResponseSchema
>;

/** `GET …/request-rate`. @public */
export const requestRateResponseSchema = z.object({
  entityRef: z.string(),
  workloads: z.array(
    z.object({
      workload: workloadRefSchema,
      /** Requests a second that begin here; null where nothing tells. */
      requestsPerSecond: z.number().nullable(),
      /** At 95 % confidence, where a sample of traces tells. */
      bounds: z.object({ low: z.number(), high: z.number() }).optional(),
      /** True where some of these requests may be decided elsewhere. */
      upperBound: z.boolean().optional(),
      /** How the rate was obtained, one sentence. */
      assumption: z.string().optional(),
      /** Why there is none: its source failed. */
      problem: z.string().optional(),
    }),
  ),
  /** Share of failing requests, 0 to 1, from metrics; null = not known. */
  errorRate: z.number().nullable(),
});
/** @public */
export type RequestRateResponse = z.infer<typeof requestRateResponseSchema>;
