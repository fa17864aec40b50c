import fc from 'fast-check';
import { buildWorkloads } from './buildWorkloads';
import {
  type ControllerFacts,
  describeController,
  describePod,
  type PodFacts,
} from './describePod';
import type {
  KubernetesContainer,
  KubernetesController,
  KubernetesPod,
} from './kubernetesObjects';
import type { Workload } from './Workload';

const proxy: KubernetesContainer = {
  name: 'istio-proxy',
  image: 'docker.io/istio/proxyv2:1.31.0',
  args: ['proxy', 'sidecar'],
  env: [
    { name: 'PROXY_CONFIG', value: '{"tracing":{"sampling":5}}' },
    { name: 'SECRET', value: 'hush' },
  ],
};
const app: KubernetesContainer = { name: 'app', image: 'cart:1' };

interface PodSketch {
  name?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  owner?: [kind: string, name: string];
  containers?: KubernetesContainer[];
  initContainers?: KubernetesContainer[];
  phase?: string;
  ready?: boolean;
}

function pod(sketch: PodSketch = {}): KubernetesPod {
  const { name = 'cart-1', containers = [app, proxy] } = sketch;
  return {
    metadata: {
      name,
      namespace: 'shop',
      labels: sketch.labels ?? {},
      annotations: sketch.annotations ?? {},
      ...(sketch.owner
        ? {
            ownerReferences: [
              { kind: 'Node', name: 'other' },
              {
                kind: sketch.owner[0],
                name: sketch.owner[1],
                controller: true,
              },
            ],
          }
        : {}),
    },
    spec: { containers, initContainers: sketch.initContainers ?? [] },
    status: {
      phase: sketch.phase ?? 'Running',
      conditions: [{ type: 'Ready', status: sketch.ready ? 'True' : 'False' }],
    },
  };
}

function controller(
  kind: string,
  name: string,
  rest: Partial<KubernetesController> & {
    owner?: [string, string];
    labels?: Record<string, string>;
  } = {},
): ControllerFacts {
  return describeController(kind, {
    metadata: {
      name,
      namespace: 'shop',
      labels: rest.labels ?? {},
      ...(rest.owner
        ? {
            ownerReferences: [
              { kind: rest.owner[0], name: rest.owner[1], controller: true },
            ],
          }
        : {}),
    },
    ...(rest.spec ? { spec: rest.spec } : {}),
  });
}

function build(
  pods: KubernetesPod[],
  controllers: ControllerFacts[] = [],
): Workload[] {
  return buildWorkloads({
    cluster: 'prod',
    pods: pods.flatMap(one => describePod(one) ?? []),
    controllers,
  });
}

function only(workloads: Workload[]): Workload {
  expect(workloads).toHaveLength(1);
  return workloads[0]!;
}

const ref = ({ kind, name }: Workload) => `${kind}/${name}`;

describe('the owner of pods', () => {
  it('is the Deployment above the ReplicaSet', () => {
    const workloads = build(
      [pod({ owner: ['ReplicaSet', 'cart-5d'] })],
      [
        controller('ReplicaSet', 'cart-5d', { owner: ['Deployment', 'cart'] }),
        controller('Deployment', 'cart', { labels: { team: 'a' } }),
      ],
    );
    expect(only(workloads)).toMatchObject({
      cluster: 'prod',
      namespace: 'shop',
      kind: 'Deployment',
      name: 'cart',
      ownerLabels: { team: 'a' },
    });
  });

  it('is the Rollout above the ReplicaSet', () => {
    const workloads = build(
      [pod({ owner: ['ReplicaSet', 'cart-5d'] })],
      [controller('ReplicaSet', 'cart-5d', { owner: ['Rollout', 'cart'] })],
    );
    expect(ref(only(workloads))).toBe('Rollout/cart');
  });

  it.each([
    [['StatefulSet', 'db'], {}, 'StatefulSet/db'],
    [['DaemonSet', 'agent'], {}, 'DaemonSet/agent'],
    [['Job', 'import'], {}, 'Job/import'],
    [['Job', 'nightly-28339230'], {}, 'CronJob/nightly'],
    [undefined, {}, 'Pod/cart-1'],
    [
      ['ReplicaSet', 'cart-5d'],
      { 'pod-template-hash': '5d' },
      'Deployment/cart',
    ],
    [
      ['ReplicaSet', 'cart-5d'],
      { 'rollouts-pod-template-hash': '5d' },
      'Rollout/cart',
    ],
    [['ReplicaSet', 'cart-5d'], {}, 'ReplicaSet/cart-5d'],
    [
      ['ReplicationController', 'cart-3'],
      { deploymentconfig: 'cart' },
      'DeploymentConfig/cart',
    ],
  ] as Array<[[string, string] | undefined, Record<string, string>, string]>)(
    'with nothing else read, %p and labels %p mean %s',
    (owner, labels, expected) => {
      const sketch: PodSketch = { labels, ...(owner ? { owner } : {}) };
      expect(ref(only(build([pod(sketch)])))).toBe(expected);
    },
  );

  it('is a workload without pods, too, with the labels of its template', () => {
    const workload = only(
      build(
        [],
        [
          controller('Deployment', 'cart', {
            spec: { template: pod({ labels: { app: 'cart' } }) },
          }),
        ],
      ),
    );
    expect(workload).toMatchObject({
      kind: 'Deployment',
      labels: { app: 'cart' },
      proxy: 'sidecar',
      pods: [],
    });
  });

  it.each([
    ['StatefulSet', 'RabbitmqCluster', 'queue-server-0'],
    ['DaemonSet', 'OpenTelemetryCollector', 'queue-server-bcdfg'],
  ])(
    'is the %s itself, with its pods, where a %s owns that',
    (kind, operator, name) => {
      const workload = only(
        build(
          [pod({ name, owner: [kind, 'queue-server'] })],
          [
            controller(kind, 'queue-server', {
              owner: [operator, 'queue'],
              labels: { 'backstage.io/kubernetes-id': 'queue' },
            }),
          ],
        ),
      );
      expect(ref(workload)).toBe(`${kind}/queue-server`);
      expect(workload).toMatchObject({
        proxy: 'sidecar',
        ownerLabels: { 'backstage.io/kubernetes-id': 'queue' },
      });
      expect(workload.pods.map(one => one.name)).toEqual([name]);
    },
  );

  it('is the Deployment, though a Knative Revision owns that', () => {
    const workload = only(
      build(
        [pod({ owner: ['ReplicaSet', 'hello-5d'] })],
        [
          controller('ReplicaSet', 'hello-5d', {
            owner: ['Deployment', 'hello'],
          }),
          controller('Deployment', 'hello', { owner: ['Revision', 'hello-1'] }),
        ],
      ),
    );
    expect(ref(workload)).toBe('Deployment/hello');
  });

  it.each(['CloneSet', 'Cluster', 'SparkApplication'])(
    'is a %s as it stands, which no rule of Kubernetes climbs from',
    kind => {
      const workloads = build(
        [
          pod({
            owner: [kind, 'db-28339230'],
            labels: { deploymentconfig: 'x' },
          }),
        ],
        [],
      );
      expect(ref(only(workloads))).toBe(`${kind}/db-28339230`);
    },
  );

  describe('that runs from time to time', () => {
    const run = (minutes: number, phase: string, sketch: PodSketch = {}) =>
      pod({
        name: `nightly-${minutes}-x2x4z`,
        owner: ['Job', `nightly-${minutes}`],
        labels: { app: 'nightly', 'job-name': `nightly-${minutes}` },
        phase,
        ...sketch,
      });
    const cronJob = controller('CronJob', 'nightly', {
      labels: { 'backstage.io/kubernetes-id': 'nightly' },
      spec: {
        jobTemplate: {
          spec: { template: pod({ labels: { app: 'nightly' } }) },
        },
      },
    });

    it('is the CronJob with the pods that run now', () => {
      const workload = only(
        build(
          [run(29390520, 'Succeeded'), run(29390580, 'Running')],
          [cronJob],
        ),
      );
      expect(ref(workload)).toBe('CronJob/nightly');
      expect(workload.pods.map(one => one.name)).toEqual([
        'nightly-29390580-x2x4z',
      ]);
    });

    it('stays between the runs, as the last one was', () => {
      const workload = only(
        build([
          run(29390520, 'Failed', { containers: [app] }),
          run(29390580, 'Succeeded'),
        ]),
      );
      expect(workload).toMatchObject({
        kind: 'CronJob',
        name: 'nightly',
        proxy: 'sidecar',
        labels: { app: 'nightly' },
        pods: [],
      });
    });

    it('stays when no pod is left, with the labels of its template', () => {
      expect(only(build([], [cronJob]))).toMatchObject({
        kind: 'CronJob',
        labels: { app: 'nightly' },
        ownerLabels: { 'backstage.io/kubernetes-id': 'nightly' },
        pods: [],
      });
    });
  });

  it('is left by pods that have ended', () => {
    expect(
      build([pod({ phase: 'Succeeded' }), pod({ phase: 'Failed' })]),
    ).toEqual([]);
  });
});

describe('labels of a workload', () => {
  it('are those that all pods share, less what a controller generates', () => {
    const owner: [string, string] = ['StatefulSet', 'db'];
    const workload = only(
      build([
        pod({
          name: 'db-0',
          owner,
          labels: {
            app: 'db',
            version: 'v1',
            'pod-template-hash': 'x',
            'controller-revision-hash': 'y',
            'apps.kubernetes.io/pod-index': '0',
          },
        }),
        pod({
          name: 'db-1',
          owner,
          labels: {
            app: 'db',
            version: 'v2',
            'pod-template-hash': 'x',
            'controller-revision-hash': 'y',
          },
        }),
      ]),
    );
    expect(workload.labels).toEqual({ app: 'db' });
    expect(workload.pods.map(({ name }) => name)).toEqual(['db-0', 'db-1']);
  });

  const labels = fc.dictionary(
    fc.constantFrom('app', 'version', 'tier', 'pod-template-hash'),
    fc.constantFrom('a', 'b'),
  );
  it('select every pod of the workload', () => {
    fc.assert(
      fc.property(fc.array(labels, { minLength: 1, maxLength: 5 }), sets => {
        const workload = only(
          build(
            sets.map((own, index) =>
              pod({ name: `p${index}`, owner: ['Job', 'j'], labels: own }),
            ),
          ),
        );
        for (const one of workload.pods) {
          expect(one.labels).toMatchObject(workload.labels);
        }
        expect(workload.labels).not.toHaveProperty('pod-template-hash');
      }),
    );
  });
});

describe('the proxy of a workload', () => {
  const gatewayLabel = { 'gateway.networking.k8s.io/gateway-name': 'g' };
  const plain = { ...proxy, args: [] };
  it.each([
    ['a container istio-proxy', { containers: [app, plain] }, 'sidecar'],
    [
      'a native sidecar',
      {
        containers: [app],
        initContainers: [{ ...plain, restartPolicy: 'Always' }],
      },
      'sidecar',
    ],
    [
      'an init container that ends',
      { containers: [app], initContainers: [plain] },
      'none',
    ],
    ['no proxy', { containers: [app] }, 'none'],
    [
      'a gRPC agent',
      { annotations: { 'inject.istio.io/templates': 'grpc-agent' } },
      'none',
    ],
    [
      'arguments of a router',
      { containers: [{ ...proxy, args: ['proxy', 'router', '--domain'] }] },
      'gateway',
    ],
    [
      'the label of a Gateway',
      { containers: [plain], labels: gatewayLabel },
      'gateway',
    ],
    [
      'the gateway injection template',
      {
        containers: [plain],
        annotations: { 'inject.istio.io/templates': 'sidecar, gateway' },
      },
      'gateway',
    ],
    [
      'a classic ingress gateway',
      { containers: [plain], labels: { istio: 'ingressgateway' } },
      'gateway',
    ],
    [
      'that label beside an application',
      { containers: [app, plain], labels: { istio: 'ingressgateway' } },
      'sidecar',
    ],
    [
      'arguments of a waypoint',
      {
        containers: [{ ...proxy, args: ['proxy', 'waypoint'] }],
        labels: gatewayLabel,
      },
      'waypoint',
    ],
    [
      'the class of a waypoint',
      {
        containers: [plain],
        labels: {
          ...gatewayLabel,
          'gateway.networking.k8s.io/gateway-class-name': 'istio-waypoint',
        },
      },
      'waypoint',
    ],
    [
      'the controller of waypoints',
      {
        containers: [plain],
        labels: {
          ...gatewayLabel,
          'gateway.istio.io/managed': 'istio.io-mesh-controller',
        },
      },
      'waypoint',
    ],
  ] as Array<[string, PodSketch, string]>)('with %s', (_, sketch, expected) => {
    expect(only(build([pod(sketch)])).proxy).toBe(expected);
  });

  it.each([
    ['docker.io/istio/proxyv2:1.31.0', '1.31.0'],
    ['registry:5000/istio/proxyv2:1.29.4-distroless', '1.29.4'],
    ['proxyv2:v1.28', '1.28.0'],
    ['proxyv2:1.27.1@sha256:0123', '1.27.1'],
    ['proxyv2@sha256:0123', undefined],
    ['registry:5000/proxyv2', undefined],
    ['proxyv2:latest', undefined],
    ['proxyv2:1.2.3.4', '1.2.3'],
  ])('has the version of image %s: %s', (image, version) => {
    const workload = only(
      build([pod({ containers: [app, { ...proxy, image }] })]),
    );
    expect(workload.proxyVersion).toBe(version);
  });

  it('has the lowest version among the pods, by number', () => {
    const owner: [string, string] = ['Job', 'j'];
    const at = (name: string, tag: string) =>
      pod({ name, owner, containers: [{ ...proxy, image: `p:${tag}` }] });
    expect(
      only(build([at('a', '1.10.0'), at('b', '1.9.12'), at('c', '1.9.2')]))
        .proxyVersion,
    ).toBe('1.9.2');
  });

  it('reports its ProxyConfig, and names of variables without values', () => {
    const workload = only(build([pod()]));
    expect(workload.proxyConfig).toEqual({ tracing: { sampling: 5 } });
    expect(workload.pods[0]?.proxyEnvironment).toEqual([
      'PROXY_CONFIG',
      'SECRET',
    ]);
    expect(JSON.stringify(workload)).not.toContain('hush');
  });

  it('has no ProxyConfig when it is not readable', () => {
    const broken = { ...proxy, env: [{ name: 'PROXY_CONFIG', value: '{' }] };
    expect(
      only(build([pod({ containers: [app, broken] })])).proxyConfig,
    ).toBeUndefined();
  });

  it.each([
    ['who injected, whatever tag the label names', 'prod', '1-29-1', undefined],
    ['who injected, without a label', undefined, '1-29-1', undefined],
    ['the annotation of newer releases', 'prod', undefined, '1-29-1'],
    ['the label where nothing else tells', '1-29-1', undefined, undefined],
  ])('has the revision of %s', (_, label, status, annotation) => {
    const workload = only(
      build([
        pod({
          labels: label ? { 'istio.io/rev': label } : {},
          annotations: {
            ...(annotation ? { 'istio.io/rev': annotation } : {}),
            ...(status
              ? {
                  'sidecar.istio.io/status': JSON.stringify({
                    containers: ['istio-proxy'],
                    revision: status,
                  }),
                }
              : {}),
          },
        }),
      ]),
    );
    expect(workload.revision).toBe('1-29-1');
  });
});

describe('a pod without a proxy', () => {
  const redirection = (value: string) => ({
    'ambient.istio.io/redirection': value,
  });
  const mode = (value: string) => ({ 'istio.io/dataplane-mode': value });
  it.each<[boolean, string, PodSketch]>([
    [true, 'ztunnel captures it', { annotations: redirection('enabled') }],
    [true, 'it asks for that', { labels: mode('ambient') }],
    [
      false,
      'it asks in vain',
      { labels: mode('ambient'), annotations: redirection('pending') },
    ],
    [false, 'it opts out', { labels: mode('none') }],
    [false, 'nothing is said', {}],
  ])('is in the ambient mesh: %s, when %s', (expected, _, sketch) => {
    const workload = only(build([pod({ ...sketch, containers: [app] })]));
    expect(workload.proxy).toBe('none');
    expect(workload.ambient ?? false).toBe(expected);
  });
});

describe('what else is kept of a workload', () => {
  it('are readiness and the annotations that something reads', () => {
    const workload = only(
      build([
        pod({
          ready: true,
          annotations: {
            'resource.opentelemetry.io/service.name': 'cart',
            'kubectl.kubernetes.io/last-applied-configuration': '{}',
          },
        }),
      ]),
    );
    expect(workload.pods[0]?.ready).toBe(true);
    expect(workload.annotations).toEqual({
      'resource.opentelemetry.io/service.name': 'cart',
    });
  });

  it('are the names that SDKs are told, unless only the kubelet knows them', () => {
    const env = [
      { name: 'OTEL_SERVICE_NAME', value: 'cart-api' },
      { name: 'OTEL_RESOURCE_ATTRIBUTES', value: 'a=b,service.name=cart-otel' },
      { name: 'DD_SERVICE', value: '$(NAME)' },
      { name: 'JAEGER_SERVICE_NAME', valueFrom: {} },
    ];
    expect(
      only(build([pod({ containers: [{ ...app, env }, proxy] })]))
        .sdkServiceNames,
    ).toEqual(['cart-api', 'cart-otel']);
  });
});

it('orders workloads whatever the order of what was read', () => {
  const facts = ['b', 'a', 'c'].map(
    name => describePod(pod({ name })) as PodFacts,
  );
  fc.assert(
    fc.property(fc.shuffledSubarray(facts, { minLength: 3 }), pods => {
      expect(
        buildWorkloads({ cluster: 'c', pods, controllers: [] }).map(ref),
      ).toEqual(['Pod/a', 'Pod/b', 'Pod/c']);
    }),
  );
});
