import { mayBePodOf } from '../../workloads';
import {
  meshIdentityOf,
  type MeshIdentity,
  type MeshParty,
} from './meshIdentity';
import type { Span } from './Trace';
import type { TraceSubject } from './TraceSubject';

type SubjectWorkload = TraceSubject['workloads'][number];

function agree(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

/** The name of the owner decides: the mesh told it, or nothing else is known. */
function isNamed(party: MeshParty, workload: SubjectWorkload): boolean {
  if (party.workload !== undefined) {
    return party.workload === workload.name;
  }
  return party.pod !== undefined && mayBePodOf(party.pod, workload.name);
}

/** Whether another workload of the same canonical service has the better claim to a pod. */
function isOfSibling(pod: string, workload: SubjectWorkload): boolean {
  const { name, siblings = [] } = workload;
  const isOwn = mayBePodOf(pod, name);
  return siblings.some(
    sibling =>
      sibling.pods.includes(pod) ||
      (mayBePodOf(pod, sibling.name) &&
        !(isOwn && name.length > sibling.name.length)),
  );
}

function isWorkload(party: MeshParty, workload: SubjectWorkload): boolean {
  if (
    party.namespace !== workload.namespace ||
    !agree(party.clusterId, workload.clusterId)
  ) {
    return false;
  }
  if (party.pod !== undefined && workload.pods?.includes(party.pod)) {
    return true;
  }
  if (party.workload !== undefined || party.canonicalService === undefined) {
    return isNamed(party, workload);
  }
  if (party.canonicalService !== workload.canonicalName) {
    return false;
  }
  if (party.pod !== undefined && isOfSibling(party.pod, workload)) {
    return false;
  }
  // The workload may have had another version when it sent this span.
  return (
    agree(party.canonicalRevision, workload.canonicalRevision) ||
    isNamed(party, workload)
  );
}

/** Whether the mesh says that a party is one of the subject's workloads. */
export function partyBelongsTo(
  party: MeshParty,
  { workloads }: TraceSubject,
): boolean {
  return workloads.some(workload => isWorkload(party, workload));
}

/** As {@link spanBelongsTo}, for an identity that was read before. @public */
export function senderBelongsTo(
  service: string,
  identity: MeshIdentity | undefined,
  subject: TraceSubject,
): boolean {
  if (identity && subject.workloads.length > 0) {
    return [identity.destination, identity].some(
      party => party !== undefined && partyBelongsTo(party, subject),
    );
  }
  return subject.services.includes(service);
}

/**
 * Whether a span is the subject's: was sent by its proxies or applications, or by
 * a waypoint that served it. The mesh identity decides where the span has one,
 * always with namespace and cluster: a pod that is known, else the owner that
 * a waypoint names, else the canonical service. A pod's name only tells workloads
 * and versions of one canonical service apart, or decides where there is no
 * such attribute. Spans without identity, and all spans of a subject without
 * workloads, are told by their service name.
 * @public
 */
export function spanBelongsTo(span: Span, subject: TraceSubject): boolean {
  return senderBelongsTo(span.service, meshIdentityOf(span), subject);
}
