import type {
  CustomTagRules,
  OverrideScope,
} from 'backstage-plugin-mesh-tracing-common';

/** Fields of an override that a site switches on one by one. */
export interface SamplingFields {
  provider: boolean;
  disableSpanReporting: boolean;
  disableContextPropagation: boolean;
}

/** Guard rails that apply to everyone, from `meshTracing.sampling`. */
export interface SamplingConfig {
  writers: 'owners' | 'permission';
  /**
   * Whether people with the permission for it may act for a workload's owners.
   */
  actForOwners: boolean;
  maxPercentage: number;
  maxDurationMs: number;
  allowPermanent: boolean;
  namespaces: { allow?: string[]; deny: string[] };
  /** How far changes may reach. */
  scopes: OverrideScope[];
  customTags: CustomTagRules;
  /** What may be set besides sampling and tags. */
  fields: SamplingFields;
  /** Where changes of objects that a GitOps tool manages go. */
  gitOps: {
    /** Entity ref of a Scaffolder template. */
    template?: string;
    /** Namespaces where the portal writes nothing, but hands over. */
    namespaces: string[];
    /** Whether to write where a namespace's annotation can't be read. */
    unreadableNamespaces: 'allow' | 'refuse';
  };
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
