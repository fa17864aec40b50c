import {
  described,
  type YamlFindingDescription,
} from './YamlFindingDescription';

/** Findings about workloads, Jaeger, collectors and Prometheus. @public */
export const otherFindings = {
  'injection-on': described(
    'info',
    'The namespace asks for sidecars; pods that run already get one when they restart.',
    'Restart workloads that were there before the label.',
  ),
  'injection-label-wrong': described(
    'warning',
    'The value of the injection label is none that Istio knows, so that nothing is injected.',
    'Set istio-injection: enabled, or istio.io/rev to the revision.',
    'cannot-work',
  ),
  'injection-label-misplaced': described(
    'warning',
    'A label or annotation about injection stands where nothing reads it.',
    'Label the namespace with istio-injection: enabled, or put sidecar.istio.io/inject on the pod template.',
  ),
  'injection-labels-conflict': described(
    'warning',
    'The namespace has istio-injection and istio.io/rev; the first alone counts.',
    'Keep one of them.',
  ),
  'injection-off': described(
    'warning',
    'Nothing is injected here: without a proxy the mesh makes no spans.',
    'Remove the setting, unless it is meant, as for Jaeger itself.',
  ),
  'ambient-namespace': described(
    'info',
    'ztunnel captures the pods of this namespace. It makes no spans; a waypoint does.',
    'Add a waypoint (istioctl waypoint apply --enroll-namespace) where traces are wanted.',
  ),
  'annotation-unreadable': described(
    'error',
    'The annotation proxy.istio.io/config can not be read, so that injection of the pod fails.',
    'Correct the YAML in the annotation.',
    'cannot-work',
  ),
  'annotation-beaten': described(
    'info',
    'The annotation sets tracing of the old layer; a Telemetry and a default provider outweigh it.',
    'Use a Telemetry with a selector for the workload.',
  ),
  'jaeger-operator-retired': described(
    'error',
    'Resources of jaegertracing.io/v1 are for the Jaeger operator, which is retired and installs Jaeger 1, whose support has ended; without that operator the API server does not know the kind.',
    "Run Jaeger 2 by its Helm chart, or as an OpenTelemetryCollector with Jaeger's image.",
    'cannot-work',
  ),
  'jaeger-collector-name': described(
    'warning',
    'The Jaeger operator names the collector after the resource; the provider of the mesh sends to another name.',
    'Let the provider send to that Service, or name the resource accordingly.',
  ),
  'jaeger-one': described(
    'warning',
    'The image is Jaeger 1, whose support has ended.',
    'Use the image jaegertracing/jaeger of version 2, which is configured by a file instead of variables.',
  ),
  'jaeger-in-memory': described(
    'info',
    'Jaeger all-in-one keeps traces in memory: they are lost when its pod restarts.',
    'Configure a storage for anything but trying out.',
  ),
  'collector-without-traces': described(
    'warning',
    'The collector has no pipeline for traces, so that it drops or refuses them.',
    'Add service.pipelines.traces with an otlp receiver and an exporter.',
    'cannot-work',
  ),
  'collector-component-missing': described(
    'error',
    'A pipeline names a component that is not configured; the collector does not start.',
    'Configure the component, or take it out of the pipeline.',
    'cannot-work',
  ),
  'collector-component-removed': described(
    'error',
    'A component no longer exists in the collector, which does not start with it.',
    'Replace it as said.',
    'cannot-work',
  ),
  'collector-listens-locally': described(
    'error',
    "The receiver listens on localhost, where the proxies of other pods don't reach it; since version 0.104 that is the default.",
    'Set the endpoint to 0.0.0.0:4317 or to ${env:MY_POD_IP}:4317.',
    'cannot-work',
  ),
  'tail-sampling-spread': described(
    'warning',
    'Tail sampling decides on whole traces, and the spans of a trace arrive at any of several replicas.',
    'Put a collector with the loadbalancing exporter before it, or run one replica.',
  ),
  'instrumentation-of-applications': described(
    'info',
    "An Instrumentation configures the applications' own SDKs, not the mesh; their sampler decides before the proxy does.",
    'Let the sampler be parentbased_always_on or leave sampling to the mesh, and keep tracecontext among the propagators.',
    'no-effect',
  ),
  'metric-unknown': described(
    'error',
    'The expression asks for a metric that neither Istio nor Envoy, Jaeger or the OpenTelemetry collector has; the alert never fires.',
    'Use the metric that is named instead, and try the expression on your Prometheus first.',
    'cannot-work',
  ),
  'metric-of-jaeger-one': described(
    'warning',
    'The metric is of Jaeger 1; Jaeger 2 is a collector of OpenTelemetry and has its names.',
    'Use the metrics otelcol_receiver_accepted_spans, otelcol_receiver_refused_spans and otelcol_exporter_send_failed_spans.',
  ),
  'label-unknown': described(
    'error',
    'The expression uses a label that the metric does not have; it selects nothing.',
    'Use the label that is named instead.',
    'cannot-work',
  ),
  'spans-are-not-requests': described(
    'warning',
    'The expression divides spans by requests. A request makes several spans, in several proxies, so the quotient is no share of traced requests.',
    'Look at the share of traced requests in the latency view, which counts both in one unit.',
  ),
} as const satisfies Record<string, YamlFindingDescription>;
