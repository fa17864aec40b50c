import type { ObjectMetadata } from '../shared/ObjectMetadata';
import { gitOpsOwner } from './gitOpsOwner';

function metadata(rest: Partial<ObjectMetadata>): ObjectMetadata {
  return { name: 't', namespace: 'shop', ...rest };
}

describe('gitOpsOwner', () => {
  it.each<[string, Partial<ObjectMetadata>, object]>([
    [
      "Argo CD's tracking annotation",
      {
        annotations: {
          'argocd.argoproj.io/tracking-id':
            'shop-app:telemetry.istio.io/Telemetry:shop/t',
        },
      },
      { tool: 'argocd', name: 'shop-app' },
    ],
    [
      "Argo CD's own instance label",
      { labels: { 'argocd.argoproj.io/instance': 'shop-app' } },
      { tool: 'argocd', name: 'shop-app' },
    ],
    [
      "the common instance label with Argo CD's field manager",
      {
        labels: { 'app.kubernetes.io/instance': 'shop-app' },
        managedFields: [
          { manager: 'kubectl' },
          { manager: 'argocd-controller' },
        ],
      },
      {
        tool: 'argocd',
        name: 'shop-app',
        evidence: 'field manager argocd-controller',
      },
    ],
    [
      "a Kustomization's labels",
      {
        labels: {
          'kustomize.toolkit.fluxcd.io/name': 'shop',
          'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
        },
      },
      { tool: 'flux', name: 'flux-system/shop' },
    ],
    [
      "a HelmRelease's label",
      { labels: { 'helm.toolkit.fluxcd.io/name': 'shop' } },
      { tool: 'flux', name: 'shop' },
    ],
    [
      "Flux's field manager",
      { managedFields: [{ manager: 'kustomize-controller' }] },
      { tool: 'flux' },
    ],
    [
      "Helm's annotations",
      {
        labels: { 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: {
          'meta.helm.sh/release-name': 'shop',
          'meta.helm.sh/release-namespace': 'shop-ns',
        },
      },
      { tool: 'helm', name: 'shop-ns/shop' },
    ],
    [
      "Helm's label alone",
      {
        labels: {
          'app.kubernetes.io/managed-by': 'Helm',
          'app.kubernetes.io/instance': 'shop',
        },
      },
      { tool: 'helm', name: 'shop' },
    ],
    [
      "Helm's field manager",
      { managedFields: [{ manager: 'helm' }] },
      { tool: 'helm' },
    ],
    [
      'Argo CD above a Helm chart',
      {
        labels: { 'app.kubernetes.io/managed-by': 'Helm' },
        managedFields: [{ manager: 'argocd-controller' }],
      },
      { tool: 'argocd' },
    ],
  ])('recognises %s', (_, rest, expected) => {
    const owner = gitOpsOwner(metadata(rest));
    expect(owner).toMatchObject(expected);
    expect(owner?.evidence).toMatch(/^(annotation|label|field manager) /);
  });

  it.each<[string, Partial<ObjectMetadata>]>([
    ['nothing', {}],
    [
      'an instance label alone',
      { labels: { 'app.kubernetes.io/instance': 'x' } },
    ],
    [
      "the portal's own marks",
      {
        labels: { 'app.kubernetes.io/managed-by': 'mesh-tracing' },
        managedFields: [{ manager: 'mesh-tracing' }, { manager: 'kubectl' }],
      },
    ],
  ])('sees no owner in %s', (_, rest) => {
    expect(gitOpsOwner(metadata(rest))).toBeUndefined();
  });
});
