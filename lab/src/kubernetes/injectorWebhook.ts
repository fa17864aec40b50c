import type { KubeObject } from './resourcePath';

/**
 * The webhook of the injector of one revision, as Istio's chart has it, but for the
 * namespaces that it is called for: none, since nothing here would inject. It tells
 * who looks which revisions add proxies.
 */
export function injectorWebhook(revision: string, url: string): KubeObject {
  const suffix = revision === 'default' ? '' : `-${revision}`;
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: {
      name: `istio-sidecar-injector${suffix}`,
      labels: { app: 'sidecar-injector', 'istio.io/rev': revision },
    },
    webhooks: [
      {
        name: 'rev.namespace.sidecar-injector.istio.io',
        clientConfig: { url },
        failurePolicy: 'Ignore',
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        rules: [
          {
            operations: ['CREATE'],
            apiGroups: [''],
            apiVersions: ['v1'],
            resources: ['pods'],
          },
        ],
        namespaceSelector: { matchLabels: { 'lab.example/injects': 'never' } },
      },
    ],
  };
}
