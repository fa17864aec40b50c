import { ANNOTATION_GITOPS } from '../shared/annotations';
import { namedOwners, type NamedOwners } from '../workloads';
import type { ObjectMetadata } from '../shared/ObjectMetadata';
import { gitOpsOwner, type GitOpsOwner } from './gitOpsOwner';

/** What a Namespace's annotation says of its Telemetries. @public */
export interface GitOpsAnnotation {
  /** Whether a repository holds them. */
  managed: boolean;
  /** What writes them from there; absent where the annotation does not tell. */
  tool?: GitOpsOwner['tool'];
  /** The annotation's value where it is none of those that are known, cut. */
  unknownValue?: string;
}

/** What a Namespace says of who changes things in it. @public */
export interface NamespaceGitOps {
  name: string;
  /** Absent without the annotation. */
  annotation?: GitOpsAnnotation;
  /** Who manages the Namespace object itself, which says nothing of what is in it. */
  owner?: GitOpsOwner;
  /** Who owns the workloads in it that do not say so themselves; absent = it does not say. */
  workloadOwners?: NamedOwners;
}

/** Values that name a tool; `true` and `false` are the others. */
const TOOLS: readonly string[] = ['argocd', 'flux', 'helm'];
const MAX_SHOWN = 40;

/**
 * Reads a Namespace's metadata. A value of the annotation that is not known
 * counts as `true`: whoever wrote it wanted the portal to keep away.
 *
 * @public
 */
export function namespaceGitOps(
  metadata: Omit<ObjectMetadata, 'namespace'>,
): NamespaceGitOps {
  const { name, annotations } = metadata;
  const value = annotations?.[ANNOTATION_GITOPS];
  const owner = gitOpsOwner({ namespace: '', ...metadata });
  const workloadOwners = namedOwners(annotations);
  return {
    name,
    ...(value !== undefined && { annotation: readAnnotation(value) }),
    owner,
    workloadOwners,
  };
}

function readAnnotation(value: string): GitOpsAnnotation {
  if (value === 'true' || value === 'false') {
    return { managed: value === 'true' };
  }
  return TOOLS.includes(value)
    ? { managed: true, tool: value as GitOpsOwner['tool'] }
    : { managed: true, unknownValue: cut(value) };
}

/** Cuts a value for display, since an annotation may be as long as its author likes. */
function cut(value: string): string {
  return value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value;
}
