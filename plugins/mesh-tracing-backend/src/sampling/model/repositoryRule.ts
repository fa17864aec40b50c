import { ANNOTATION_GITOPS } from 'backstage-plugin-mesh-tracing-common';
import type {
  Finding,
  GitOpsAnnotation,
  GitOpsOwner,
  PolicyVerdictView,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import { describeOwner, TOOL_NAMES } from './describeOwner';
import type { SamplingConfig } from '../config/SamplingConfig';

/** What a snapshot tells of namespaces. */
type NamespaceView = Pick<MeshSnapshot, 'cluster' | 'namespaces' | 'problems'>;

/** Why a namespace's Telemetries belong to a repository, whatever is there yet. */
export interface RepositoryRule {
  source: 'configuration' | 'annotation';
  /** Absent where nothing tells. */
  tool?: GitOpsOwner['tool'];
  /** Where the rule comes from, for people. */
  message: string;
}

/**
 * The rule that gives a namespace to a repository: the configuration, or else
 * the namespace's own annotation. Undefined where neither does.
 */
export function repositoryRule(
  namespace: string,
  snapshot: Pick<MeshSnapshot, 'namespaces'>,
  gitOps: SamplingConfig['gitOps'],
): RepositoryRule | undefined {
  const annotation = snapshot.namespaces?.get(namespace)?.annotation;
  if (gitOps.namespaces.includes(namespace)) {
    return {
      source: 'configuration',
      ...(annotation?.tool && { tool: annotation.tool }),
      message: `Namespace ${namespace} is changed through its repository only, as the portal's configuration says (meshTracing.sampling.gitOps.namespaces). Take the YAML there`,
    };
  }
  return annotation?.managed
    ? {
        source: 'annotation',
        tool: annotation.tool,
        message: `Namespace ${namespace} is changed through ${
          annotation.tool
            ? `the repository of ${TOOL_NAMES[annotation.tool]}`
            : 'its repository'
        } only, as its annotation ${ANNOTATION_GITOPS} says${howRead(
          annotation,
        )}. Take the YAML there`,
      }
    : undefined;
}

/**
 * False too where namespaces were read once and may not be any more: what was read
 * still holds, and what was annotated since is not known.
 */
function isKnown({ namespaces, problems }: NamespaceView): boolean {
  return (
    namespaces !== undefined &&
    !problems.some(({ what }) => what === 'namespaces')
  );
}

function howRead({ unknownValue }: GitOpsAnnotation): string {
  return unknownValue === undefined
    ? ''
    : `: its value '${unknownValue}' is none of argocd, flux, helm, true and false, so it is read as true`;
}

/** Whether a namespace lets the portal write; nothing where nothing speaks of it. */
export function repositoryVerdicts(options: {
  namespace: string;
  repository: RepositoryRule | undefined;
  snapshot: NamespaceView;
  config: Pick<SamplingConfig, 'gitOps'>;
}): PolicyVerdictView[] {
  const { config, namespace, repository, snapshot } = options;
  if (repository) {
    return [
      { rule: 'gitops-namespace', allowed: false, message: repository.message },
    ];
  }
  return !isKnown(snapshot) && config.gitOps.unreadableNamespaces === 'refuse'
    ? [
        {
          rule: 'namespaces-unreadable',
          allowed: false,
          message: `${unknownIn(
            namespace,
            snapshot,
          )}, and this site writes only where that is known (meshTracing.sampling.gitOps.unreadableNamespaces)`,
        },
      ]
    : [];
}

/** What the user should know where no rule gives the namespace to a repository. */
export function repositoryFindings(options: {
  namespace: string;
  repository: RepositoryRule | undefined;
  snapshot: NamespaceView;
  config: Pick<SamplingConfig, 'gitOps'>;
}): Finding[] {
  const { config, namespace, repository, snapshot } = options;
  if (repository) {
    return [];
  }
  if (!isKnown(snapshot)) {
    return config.gitOps.unreadableNamespaces === 'refuse'
      ? []
      : [
          {
            severity: 'warning',
            code: 'namespaces-unreadable',
            what: `${unknownIn(namespace, snapshot)}.`,
            whatToDo:
              'Apply it only if you know that no repository does. The portal needs the RBAC rule to list and watch namespaces.',
          },
        ];
  }
  const { annotation, owner } = snapshot.namespaces?.get(namespace) ?? {};
  return owner && !annotation
    ? [
        {
          severity: 'info',
          code: 'namespace-managed',
          what: `Namespace ${namespace} is created by ${describeOwner(
            owner,
          )}; that does not say whether its Telemetries come from there, too.`,
          whatToDo: `If they do, annotate the namespace with ${ANNOTATION_GITOPS}: ${owner.tool}; if not, with ${ANNOTATION_GITOPS}: 'false'.`,
        },
      ]
    : [];
}

function unknownIn(namespace: string, { cluster }: NamespaceView): string {
  return `The namespaces of cluster '${cluster}' can't be read, so it is not known whether a repository holds namespace ${namespace}`;
}
