/**
 * By what an entity stands for a workload, the weakest first.
 *
 * - `name`: its name alone, or the name of a service in traces
 * - `selector`: a label selector of its own choice
 * - `reference`: it names the workload
 * - `consent`: the workload carries the entity's `backstage.io/kubernetes-id`
 * - `cluster`: the cluster names the entity's owners
 *
 * @public
 */
export const CLAIM_STRENGTHS = [
  'name',
  'selector',
  'reference',
  'consent',
  'cluster',
] as const;

/** @public */
export type ClaimStrength = (typeof CLAIM_STRENGTHS)[number];

/** What an entity says of itself and one workload. @public */
export interface BindingClaim {
  entityRef: string;
  /** Full refs, as the catalog's relations tell them. */
  owners: string[];
  /** Without the cluster's word, which is added where claims are weighed. */
  strength: Exclude<ClaimStrength, 'cluster'>;
}

/** A claim with the cluster's word taken into account. @public */
export interface WeighedClaim extends Omit<BindingClaim, 'strength'> {
  strength: ClaimStrength;
}

/**
 * Which claims count: all, or those alone that the cluster makes or consents to.
 * @public
 */
export type CountingClaims = 'claims' | 'cluster';

/** Whether the claim counts where only the cluster's word or consent does. */
export function isOfCluster({
  strength,
}: {
  strength: ClaimStrength;
}): boolean {
  return strength === 'cluster' || strength === 'consent';
}
