import { z } from 'zod';

/**
 * Details that accompany a 409 of a write, so that the form can show what
 * changed in between and keep its input.
 * @public
 */
export const conflictDetailsSchema = z.object({
  /** The portal's object now, as YAML; absent = it is gone. */
  currentYaml: z.string().optional(),
  /** What the form was based on, as YAML; absent = nothing existed. */
  baseYaml: z.string().optional(),
  changedBy: z.string().optional(),
});
/** @public */
export type ConflictDetails = z.infer<typeof conflictDetailsSchema>;

/**
 * Machine-readable part of an error: which system failed and what to do.
 * Travels in `error.meshTracing` of the Backstage error body.
 * @public
 */
export const errorDetailsSchema = z.object({
  system: z.enum(['trace-store', 'cluster', 'catalog', 'portal']),
  systemName: z.string().optional(),
  whatToDo: z.string().optional(),
  field: z.string().optional(),
  conflict: conflictDetailsSchema.optional(),
});
/** @public */
export type ErrorDetails = z.infer<typeof errorDetailsSchema>;
