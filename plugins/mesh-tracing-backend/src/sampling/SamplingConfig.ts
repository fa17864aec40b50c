import type { CustomTagKind } from 'backstage-plugin-mesh-tracing-common';

/** Guard rails that apply to everyone, from `meshTracing.sampling`. */
export interface SamplingConfig {
  writers: 'owners' | 'permission';
  maxPercentage: number;
  maxDurationMs: number;
  allowPermanent: boolean;
  namespaces: { allow?: string[]; deny: string[] };
  customTags: { max: number; kinds: CustomTagKind[]; denyHeaders: string[] };
  reasonRequired: boolean;
  /** Changes per user and workload in ten minutes. */
  rateLimit: number;
  /**
   * Which other workloads an override may touch, with consent: none, those of
   * the same entity, any.
   */
  otherWorkloads: 'none' | 'entity' | 'any';
  historyRetentionMs: number;
}
