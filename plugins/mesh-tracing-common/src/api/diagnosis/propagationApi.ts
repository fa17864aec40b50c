import { z } from 'zod';
import type {
  PropagationEvidence,
  PropagationRow,
  PropagationVerdict,
  RequiredHeader,
  WorkloadPropagation,
} from '../../propagation';
import { estimateBoundsSchema } from '../latencyApi';
import { sampleFactsSchema } from '../sampleApi';
import { traceCoverageSchema } from '../tracesApi';
import { workloadRefSchema } from '../workloadRefSchema';

const kindShape = {
  kind: z.enum([
    'no-headers',
    'some-headers',
    'wrong-parent',
    'new-trace-on-purpose',
  ]),
  /** What was not forwarded, where something was. */
  missing: z.enum(['trace-context', 'request-id', 'sampled-flag']).optional(),
};

const shareShape = {
  /** Calls made while serving a request. */
  callCount: z.number(),
  /** Of these, calls that start a new trace or hang on the wrong parent. */
  brokenCount: z.number(),
  /** 0..1; null without a call. */
  share: z.number().nullable(),
  /** At 95 % confidence. */
  shareBounds: estimateBoundsSchema,
  /** Joined calls under another request id than their request's. */
  requestIdLostCount: z.number(),
  /** Calls that start a trace while no request is seen to be served. */
  otherCount: z.number(),
  kinds: z.array(
    z.object({ ...kindShape, count: z.number(), share: z.number() }),
  ),
};

const evidenceShape = {
  ...shareShape,
  servedCount: z.number(),
  readCallCount: z.number(),
  /** Share of the time in which some request is being served, 0..1. */
  busyShare: z.number(),
  isProxyOnly: z.boolean(),
  /** Shares of requests that are traced, 0..1, with which calls were weighed. */
  rates: z.object({
    servedShare: z.number().optional(),
    startedShare: z.number().optional(),
  }),
};

const rowSchema = z.object({
  ...shareShape,
  caller: z.string(),
  callerVersion: z.string().optional(),
  callerNamespace: z.string().optional(),
  operation: z.string(),
  peer: z.string(),
  newTraceDurationUs: z.number().nullable(),
  withinShare: z.number().nullable(),
  examples: z.array(
    z.object({
      ...kindShape,
      traceId: z.string(),
      servedTraceId: z.string().optional(),
      startTimeMs: z.number(),
      durationUs: z.number(),
    }),
  ),
}) satisfies z.ZodType<PropagationRow>;

const verdictShape = {
  verdict: z.enum(['good', 'broken', 'doubtful', 'unknown']),
  code: z.enum([
    'headers-forwarded',
    'makes-no-calls',
    'proxy-only',
    'no-headers-forwarded',
    'trace-context-not-forwarded',
    'request-id-not-forwarded',
    'sampled-flag-lost',
    'wrong-parent',
    'perhaps-not-forwarded',
    'too-few-calls',
    'calls-without-requests',
    'no-traces',
  ]),
} satisfies {
  verdict: z.ZodType<PropagationVerdict['verdict']>;
  code: z.ZodType<PropagationVerdict['code']>;
};

const requiredHeaderSchema = z.object({
  name: z.string(),
  purpose: z.enum(['trace-context', 'request-id', 'decision']),
}) satisfies z.ZodType<RequiredHeader>;

const evidenceSchema = z.object(
  evidenceShape,
) satisfies z.ZodType<PropagationEvidence>;

const workloadPropagationSchema = z.object({
  ...evidenceShape,
  ...verdictShape,
  workload: workloadRefSchema,
  /** Tracing provider in force where the workload calls others; null = none. */
  provider: z.object({ name: z.string(), kind: z.string() }).nullable(),
  /** Headers that its application hands on, as its provider needs them. */
  headers: z.array(requiredHeaderSchema),
}) satisfies z.ZodType<Omit<WorkloadPropagation, 'workload'>>;

/** `GET …/propagation`. @public */
export const propagationResponseSchema = z.object({
  entityRef: z.string(),
  store: z.string(),
  startTimeMs: z.number(),
  endTimeMs: z.number(),
  traceCount: z.number(),
  /** What was read; absent where the traces are all. */
  sample: sampleFactsSchema.optional(),
  /** All workloads of the entity together. */
  all: z.object({ ...evidenceSchema.shape, ...verdictShape }),
  workloads: z.array(workloadPropagationSchema),
  /** By caller, operation and peer; most broken calls first. */
  rows: z.array(rowSchema),
  /** Rows that were left out, and their calls. */
  leftOut: z.object({ rowCount: z.number(), callCount: z.number() }),
  coverage: traceCoverageSchema,
});
/** @public */
export type PropagationResponse = z.infer<typeof propagationResponseSchema>;
