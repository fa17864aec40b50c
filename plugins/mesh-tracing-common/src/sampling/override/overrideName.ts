import { withoutEnd } from '../../shared/withoutEnd';
import type { Telemetry } from '../../tracing';
import type { Workload, WorkloadRef } from '../../workloads';
import {
  findOverride,
  isOverrideOf,
  isPortalOwned,
  OVERRIDE_NAME_PREFIX,
} from './findOverride';
import { shortHash } from '../../shared/shortHash';

const MAX_NAME_LENGTH = 253;
const DNS_SUBDOMAIN =
  /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/**
 * Name of a workload's override: `mesh-tracing.<workload>`, a DNS subdomain of
 * at most 253 characters (Kubernetes). An existing override keeps its name. A
 * suffix of kind and hash tells workloads of the same name apart, and names
 * that had to be cut.
 * @public
 */
export function overrideName(
  workload: WorkloadRef,
  workloads: readonly Workload[],
  telemetries: readonly Telemetry[],
): string {
  const existing = findOverride(telemetries, workload);
  if (existing) {
    return existing.metadata.name;
  }
  const plain = `${OVERRIDE_NAME_PREFIX}${workload.name}`;
  const fits = plain.length <= MAX_NAME_LENGTH && DNS_SUBDOMAIN.test(plain);
  return fits && !isContested(plain, workload, workloads, telemetries)
    ? plain
    : suffixed(workload);
}

/** Deployments have the first claim on the plain name, being the usual kind. */
function isContested(
  plain: string,
  workload: WorkloadRef,
  workloads: readonly Workload[],
  telemetries: readonly Telemetry[],
): boolean {
  const heldByOther = telemetries.some(
    telemetry =>
      telemetry.metadata.name === plain &&
      telemetry.metadata.namespace === workload.namespace &&
      isPortalOwned(telemetry) &&
      !isOverrideOf(telemetry, workload),
  );
  const hasTwin = workloads.some(
    other =>
      other.cluster === workload.cluster &&
      other.namespace === workload.namespace &&
      other.name === workload.name &&
      other.kind !== workload.kind,
  );
  return heldByOther || (hasTwin && workload.kind !== 'Deployment');
}

function suffixed(workload: WorkloadRef): string {
  const kind = workload.kind.toLowerCase().replace(/[^a-z0-9]+/g, '');
  const suffix = `.${kind || 'workload'}-${shortHash(
    `${workload.kind}/${workload.name}`,
  )}`.slice(-80);
  const room = MAX_NAME_LENGTH - OVERRIDE_NAME_PREFIX.length - suffix.length;
  const words = workload.name
    .toLowerCase()
    .split('.')
    .map(part =>
      withoutEnd(part.replace(/[^a-z0-9-]+/g, '-'), '-').replace(/^-+/, ''),
    )
    .filter(Boolean)
    .join('.');
  const base = withoutEnd(words.slice(0, room), '-.');
  return `${OVERRIDE_NAME_PREFIX}${base || 'workload'}${suffix}`;
}
