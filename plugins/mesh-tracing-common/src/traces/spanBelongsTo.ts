import { meshIdentityOf, ownerOfPod, type MeshIdentity } from './meshIdentity';
import type { Span } from './model';
import type { TraceSubject } from './TraceSubject';

type SubjectWorkload = TraceSubject['workloads'][number];

function agree(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function isWorkload(
  identity: MeshIdentity,
  workload: SubjectWorkload,
): boolean {
  if (
    identity.namespace !== workload.namespace ||
    !agree(identity.clusterId, workload.clusterId)
  ) {
    return false;
  }
  if (identity.pod !== undefined) {
    if (workload.pods?.includes(identity.pod)) {
      return true;
    }
    const owner = ownerOfPod(identity.pod);
    if (owner !== undefined || identity.canonicalService === undefined) {
      return (owner ?? identity.pod) === workload.name;
    }
  }
  return (
    identity.canonicalService === workload.canonicalName &&
    agree(identity.canonicalRevision, workload.canonicalRevision)
  );
}

/** As {@link spanBelongsTo}, for an identity that was read before. */
export function senderBelongsTo(
  service: string,
  identity: MeshIdentity | undefined,
  subject: TraceSubject,
): boolean {
  if (identity && subject.workloads.length > 0) {
    return subject.workloads.some(workload => isWorkload(identity, workload));
  }
  return subject.services.includes(service);
}

/**
 * Whether a span was sent by the subject. The mesh identity decides where the
 * span has one: pod, else the owner that the pod's name tells, else canonical
 * service and revision, always with namespace and cluster, all exact. Spans
 * without identity, and all spans of a subject without workloads, are told by
 * their service name.
 * @public
 */
export function spanBelongsTo(span: Span, subject: TraceSubject): boolean {
  return senderBelongsTo(span.service, meshIdentityOf(span), subject);
}
