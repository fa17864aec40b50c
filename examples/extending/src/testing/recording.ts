const deployment = (
  namespace: string,
  name: string,
  annotations: Record<string, string>,
) => [
  {
    kind: 'Deployment',
    metadata: { namespace, name, annotations, labels: { app: name } },
  },
  {
    kind: 'ReplicaSet',
    metadata: {
      namespace,
      name: `${name}-1`,
      ownerReferences: [{ kind: 'Deployment', name, controller: true }],
    },
  },
  {
    kind: 'Pod',
    metadata: {
      namespace,
      name: `${name}-1-a`,
      labels: { app: name },
      ownerReferences: [
        { kind: 'ReplicaSet', name: `${name}-1`, controller: true },
      ],
    },
    spec: {
      containers: [
        { name: 'app' },
        { name: 'istio-proxy', image: 'proxyv2:1.31.0' },
      ],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  },
];

/** As `kubectl get -o json` of a small shop. */
export const recording = {
  kind: 'List',
  items: [
    ...deployment('shop', 'cart', { 'meta.helm.sh/release-name': 'basket' }),
    ...deployment('shop', 'cart-cache', {
      'meta.helm.sh/release-name': 'basket',
    }),
    ...deployment('payments', 'payment', {}),
    {
      kind: 'ConfigMap',
      metadata: { namespace: 'istio-system', name: 'istio' },
      data: {
        mesh: [
          'extensionProviders:',
          '- name: jaeger',
          '  opentelemetry: { service: jaeger.observability.svc.cluster.local, port: 4317 }',
          'defaultProviders: { tracing: [jaeger] }',
        ].join('\n'),
      },
    },
    {
      kind: 'Telemetry',
      metadata: { namespace: 'shop', name: 'default' },
      spec: { tracing: [{ randomSamplingPercentage: 12 }] },
    },
  ],
};
