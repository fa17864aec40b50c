import { z } from 'zod';
import {
  RUNG_IDS,
  type DiagnosisEvidence,
  type DiagnosisMend,
  type DiagnosisRung,
  type WorkloadDiagnosis,
} from '../../diagnosis';
import { workloadRefSchema } from '../workloadRefSchema';

const rungIdSchema = z.enum(RUNG_IDS);
const rungVerdictSchema = z.enum(['good', 'broken', 'doubtful', 'unknown']);

const evidenceSchema = z.object({
  source: z.string(),
  seen: z.string(),
  atMs: z.number(),
}) satisfies z.ZodType<DiagnosisEvidence>;

const mendSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    what: z.string(),
    command: z.string(),
  }),
  z.object({ kind: z.literal('yaml'), what: z.string(), yaml: z.string() }),
  z.object({ kind: z.literal('config'), what: z.string(), yaml: z.string() }),
  z.object({
    kind: z.literal('action'),
    what: z.string(),
    action: z.enum(['change-sampling', 'open-entity', 'choose-window']),
    entityRef: z.string().optional(),
  }),
  z.object({ kind: z.literal('advice'), what: z.string() }),
]) satisfies z.ZodType<DiagnosisMend>;

const rungSchema = z.object({
  id: rungIdSchema,
  verdict: rungVerdictSchema,
  code: z.string().optional(),
  cause: z.string(),
  evidence: z.array(evidenceSchema),
  mends: z.array(mendSchema),
  needs: z.string().optional(),
  envoyFilters: z.array(z.string()).optional(),
  docs: z.string(),
}) satisfies z.ZodType<DiagnosisRung>;

const workloadDiagnosisSchema = z.object({
  workload: workloadRefSchema,
  verdict: rungVerdictSchema,
  firstRung: rungIdSchema.optional(),
  rungs: z.array(rungSchema),
}) satisfies z.ZodType<WorkloadDiagnosis>;

/** `GET …/diagnosis`. @public */
export const diagnosisResponseSchema = z.object({
  entityRef: z.string(),
  startTimeMs: z.number(),
  endTimeMs: z.number(),
  /** Which annotation names the entity's workloads, and what it matched. */
  explanation: z.string().optional(),
  /** Worst first; empty for an entity without workloads. */
  workloads: z.array(workloadDiagnosisSchema),
});
/** @public */
export type DiagnosisResponse = z.infer<typeof diagnosisResponseSchema>;
