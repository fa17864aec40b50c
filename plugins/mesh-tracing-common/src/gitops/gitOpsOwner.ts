import type { ObjectMetadata } from '../shared/ObjectMetadata';

/** A tool that writes an object from a repository and undoes other writes. @public */
export interface GitOpsOwner {
  tool: 'argocd' | 'flux' | 'helm';
  /** The application, kustomization or release; absent when it is not noted. */
  name?: string;
  /** What shows it, such as "annotation argocd.argoproj.io/tracking-id". */
  evidence: string;
}

const ARGO_TRACKING = 'argocd.argoproj.io/tracking-id';
const ARGO_INSTANCE = 'argocd.argoproj.io/instance';
const INSTANCE = 'app.kubernetes.io/instance';
const FLUX_KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io';
const FLUX_HELM = 'helm.toolkit.fluxcd.io';
const MANAGED_BY = 'app.kubernetes.io/managed-by';
const HELM_RELEASE = 'meta.helm.sh/release-name';
const HELM_NAMESPACE = 'meta.helm.sh/release-namespace';

const MANAGERS: Record<string, GitOpsOwner['tool']> = {
  'argocd-controller': 'argocd',
  'argocd-application-controller': 'argocd',
  'kustomize-controller': 'flux',
  'helm-controller': 'flux',
  helm: 'helm',
};

type Rule = (metadata: ObjectMetadata) => GitOpsOwner | undefined;

/** Reads Argo CD's tracking id, `<application>:<group>/<kind>:<namespace>/<name>`. */
function argoTrackingId({ annotations }: ObjectMetadata) {
  const value = annotations?.[ARGO_TRACKING];
  return value
    ? found('argocd', `annotation ${ARGO_TRACKING}`, value.split(':')[0])
    : undefined;
}

function argoInstanceLabel({ labels }: ObjectMetadata) {
  const value = labels?.[ARGO_INSTANCE];
  return value ? found('argocd', `label ${ARGO_INSTANCE}`, value) : undefined;
}

function fluxLabels({ labels }: ObjectMetadata, prefix: string) {
  const name = labels?.[`${prefix}/name`];
  const namespace = labels?.[`${prefix}/namespace`];
  return name
    ? found(
        'flux',
        `label ${prefix}/name`,
        namespace ? `${namespace}/${name}` : name,
      )
    : undefined;
}

function helmRelease({ labels, annotations }: ObjectMetadata) {
  const release = annotations?.[HELM_RELEASE];
  const namespace = annotations?.[HELM_NAMESPACE];
  if (release) {
    return found(
      'helm',
      `annotation ${HELM_RELEASE}`,
      namespace ? `${namespace}/${release}` : release,
    );
  }
  return labels?.[MANAGED_BY] === 'Helm'
    ? found('helm', `label ${MANAGED_BY}`, labels[INSTANCE])
    : undefined;
}

/**
 * Argo CD's older default tracks by `app.kubernetes.io/instance`, a label that
 * says nothing by itself: only the field manager tells that it is Argo CD's.
 */
function fieldManager(
  { managedFields, labels }: ObjectMetadata,
  tools: GitOpsOwner['tool'][],
) {
  for (const { manager } of managedFields ?? []) {
    const tool = MANAGERS[manager ?? ''];
    if (tool && tools.includes(tool)) {
      return found(
        tool,
        `field manager ${manager}`,
        tool === 'argocd' ? labels?.[INSTANCE] : undefined,
      );
    }
  }
  return undefined;
}

function found(
  tool: GitOpsOwner['tool'],
  evidence: string,
  name: string | undefined,
): GitOpsOwner {
  return { tool, ...(name ? { name } : {}), evidence };
}

const RULES: Rule[] = [
  argoTrackingId,
  argoInstanceLabel,
  metadata => fluxLabels(metadata, FLUX_KUSTOMIZATION),
  metadata => fluxLabels(metadata, FLUX_HELM),
  metadata => fieldManager(metadata, ['argocd', 'flux']),
  helmRelease,
  metadata => fieldManager(metadata, ['helm']),
];

/**
 * Who manages an object from a repository, by the labels, annotations and
 * field managers that Argo CD, Flux and Helm leave. A tool that works above
 * another (Argo CD or Flux installing a Helm chart) is named, since its
 * repository is where the change belongs. Undefined when none left a mark.
 *
 * @public
 */
export function gitOpsOwner(metadata: ObjectMetadata): GitOpsOwner | undefined {
  for (const rule of RULES) {
    const owner = rule(metadata);
    if (owner) {
      return owner;
    }
  }
  return undefined;
}
