import type { FindingDescription } from '../../shared/FindingDescription';
import type { FindingSeverity } from '../../shared/Finding';

const describe = (
  severity: FindingSeverity,
  meaning: string,
  whatToDo: string,
): FindingDescription => ({ severity, meaning, whatToDo });

/** Every finding about effective tracing, by its stable code. */
export const findingCatalog = {
  'tracing-off-by-omission': describe(
    'error',
    'A Telemetry configures tracing, but neither it nor the mesh names a provider, so Istio switches tracing off.',
    'Name a provider in the Telemetry, or set meshConfig.defaultProviders.tracing.',
  ),
  'provider-unknown': describe(
    'error',
    'A Telemetry names a provider that the mesh config does not define, so Istio switches tracing off.',
    'Correct the name, or add the provider to meshConfig.extensionProviders.',
  ),
  'default-provider-unknown': describe(
    'error',
    'meshConfig.defaultProviders.tracing names a provider that the mesh config does not define, so Istio switches tracing off.',
    'Correct meshConfig.defaultProviders.tracing, or add the provider to meshConfig.extensionProviders.',
  ),
  'provider-cannot-trace': describe(
    'error',
    'The provider is of a kind that cannot trace, so the listener gets no tracing; istiod only logs it.',
    'Name a provider of kind opentelemetry, zipkin, datadog or skywalking.',
  ),
  'provider-service-unknown': describe(
    'error',
    "The provider's service is not in istiod's registry, so the listener gets no tracing; istiod only logs it.",
    'Create the Service or a ServiceEntry for that host, or correct the service of the provider in the mesh config.',
  ),
  'provider-sampler-unusable': describe(
    'error',
    'The Dynatrace sampler of the provider has neither usable HTTP settings of its own nor an HTTP exporter, so the listener gets no tracing.',
    'Give the sampler an httpService whose host istiod knows, or let the provider export by HTTP.',
  ),
  'provider-breaks-istiod': describe(
    'error',
    'The provider is of kind lightstep, on which istiod since 1.27 fails while it generates listeners.',
    'Replace the provider by one of kind opentelemetry at once: affected proxies get no further configuration.',
  ),
  'sidecar-egress-hides-provider': describe(
    'error',
    "A Sidecar resource leaves the provider's service out of its egress, so that the proxy has no cluster to send spans to.",
    "Add the provider's service, as namespace/host, to the egress hosts of the Sidecar.",
  ),
  'sampling-out-of-range': describe(
    'error',
    'The sampling percentage is below 0 or above 100; Envoy refuses the listener and keeps its old configuration.',
    'Set a percentage from 0 to 100.',
  ),
  'tag-without-kind': describe(
    'error',
    'A custom tag has no kind; Envoy refuses the whole listener, and every later change to it is stuck.',
    'Give the tag a literal, environment, header or formatter, or remove it.',
  ),
  'tag-formatter-malformed': describe(
    'error',
    'The format string of a custom tag is empty or malformed; Envoy refuses the whole listener, and every later change to it is stuck.',
    'Correct the format string: commands have the form %NAME% or %NAME(…)%.',
  ),
  'waypoint-missing': describe(
    'error',
    'A label istio.io/use-waypoint names a Gateway that does not exist: requests pass no waypoint, and nothing traces them.',
    'Create the waypoint (istioctl waypoint apply), or correct the label; the label istio.io/use-waypoint-namespace names its namespace where it is another one.',
  ),
  'waypoint-not-ready': describe(
    'error',
    'The waypoint that a label names has no address, so istiod sends nothing to it: requests pass no waypoint, and nothing traces them.',
    'Look at the status of the Gateway and at the pods of its Deployment.',
  ),
  'waypoint-attachment-denied': describe(
    'error',
    'The waypoint that a label names takes no objects of this namespace: requests pass no waypoint, and nothing traces them.',
    "Let the allowedRoutes of the Gateway's HBONE listener name the namespace, or use a waypoint of its own.",
  ),
  'telemetry-malformed': describe(
    'error',
    'A Telemetry has fields of a shape that Istio cannot read; it takes no part.',
    'Correct the named fields.',
  ),
  'several-namespace-wide': describe(
    'warning',
    'Several Telemetries stand for the whole namespace; Istio looks at the oldest alone.',
    'Merge them into the oldest one and delete the others.',
  ),
  'namespace-wide-hides-tracing': describe(
    'warning',
    'The oldest Telemetry for the whole namespace says nothing about tracing, and for that reason a newer one that does is ignored.',
    'Move the tracing section into the oldest one.',
  ),
  'root-selector-without-effect': describe(
    'warning',
    "A Telemetry in the root namespace selects this workload's labels, but such a Telemetry reaches workloads of the root namespace only.",
    "Create it in the workload's own namespace.",
  ),
  'selector-on-waypoint': describe(
    'warning',
    "A Telemetry selects this waypoint's labels, but waypoints are reached by target references only.",
    'Replace the selector by targetRefs to the Gateway or the Service.',
  ),
  'selector-on-gateway-disabled': describe(
    'warning',
    "A Telemetry selects this gateway's labels, but istiod runs with ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY off.",
    'Replace the selector by targetRefs to the Gateway.',
  ),
  'gateway-class-without-effect': describe(
    'warning',
    'A Telemetry targets the GatewayClass istio-waypoint, which Istio only finds for proxies or services of the root namespace.',
    "Target the Gateway or the Service in its own namespace, or use the root namespace's mesh-wide Telemetry.",
  ),
  'gateway-policy-skips-service': describe(
    'warning',
    'A Telemetry targets this waypoint, but the service is in another namespace, and there Istio does not apply it.',
    "Create a Telemetry that targets the Service in the service's namespace.",
  ),
  'ambient-without-waypoint': describe(
    'warning',
    'ztunnel carries the requests, and no waypoint stands before the workload. ztunnel reads no HTTP: the mesh makes no spans of them.',
    'Create a waypoint and label the namespace or the Service with istio.io/use-waypoint (istioctl waypoint apply --enroll-namespace), or let the application send spans of its own.',
  ),
  'waypoint-other-traffic': describe(
    'warning',
    'The waypoint that a label names is not for requests that are addressed so: those to services and those to pods directly each need their own setting.',
    'Set the label istio.io/waypoint-for of the Gateway to service, workload or all.',
  ),
  'selector-without-sidecar': describe(
    'warning',
    'A Telemetry selects the labels of a workload without sidecar; selectors reach sidecars and gateways, never waypoints.',
    'Replace the selector by targetRefs to the Service, or to the Gateway of the waypoint.',
  ),
  'overlapping-workload-telemetries': describe(
    'warning',
    'Several Telemetries attach to this workload and set the same field; the newest wins.',
    'Keep one Telemetry for each workload.',
  ),
  'mode-without-effect': describe(
    'warning',
    'A Telemetry applies only to the side that this kind of proxy does not trace: gateways trace as clients, waypoints as servers.',
    'Remove match.mode, or set CLIENT for a gateway and SERVER for a waypoint.',
  ),
  'sampling-below-resolution': describe(
    'warning',
    'The percentage is above 0 but below 0.01, which Envoy truncates to 0.',
    'Set at least 0.01 %.',
  ),
  'zero-percent-reporting': describe(
    'warning',
    'Tracing is on, but 0 % of the requests that start here are sampled.',
    'Set a percentage above 0, or disableSpanReporting if no spans are wanted.',
  ),
  'mesh-zero-percent': describe(
    'warning',
    'The mesh samples 0 % while this workload asks for more; requests that other proxies saw first have already been decided with 0 %.',
    'Raise the percentage where the requests enter the mesh, usually at the gateway.',
  ),
  'envoy-filter-touches-tracing': describe(
    'warning',
    'An EnvoyFilter patches the tracing of the proxy, its trace headers or its request ids; what is shown here is computed without it.',
    'Read the EnvoyFilter before you trust the values here, and prefer a Telemetry where it can say the same.',
  ),
  'error-sampling-misunderstood': describe(
    'warning',
    'The name of a Telemetry says that errors are meant, but a percentage is decided when a request begins, before anyone knows its response: it counts for every request.',
    'Choose a percentage for all requests, and let a tail-sampling policy of the OpenTelemetry collector keep the traces with errors.',
  ),
  'sampling-cuts-traces': describe(
    'warning',
    'The percentage is lower than the one it replaces. Since Istio 1.31 an OpenTelemetry proxy decides once more on requests whose trace context says sampled and whose x-request-id does not bring that decision; those that it does not sample lose its spans and those that follow.',
    'Have the applications before this one pass on x-request-id, or set at least the percentage of the proxies before.',
  ),
  'request-id-not-used': describe(
    'warning',
    'useRequestIdForTraceSampling is false: every request that starts here is sampled, whatever the percentage.',
    'Remove the field, unless the sampling decision is made elsewhere.',
  ),
  'tag-name-reserved': describe(
    'warning',
    'A custom tag has the name of a tag that Istio, Envoy or OpenTelemetry sets; it is undefined which of the two values the span gets.',
    'Give the tag a name of its own.',
  ),
  'field-needs-newer-version': describe(
    'warning',
    'A field is set that this version of Istio or of the proxy ignores.',
    'Upgrade Istio and restart the workload, or remove the field.',
  ),
  'proxy-config-sampling-out-of-range': describe(
    'warning',
    'The sampling of the ProxyConfig is out of range: above 100 istiod takes 1 %, below 0 Envoy refuses the listener.',
    'Set tracing.sampling from 0 to 100 in the ProxyConfig and restart the workload.',
  ),
  'istiod-sampling-out-of-range': describe(
    'warning',
    'PILOT_TRACE_SAMPLING is out of range; istiod takes 1 %.',
    'Set PILOT_TRACE_SAMPLING from 0 to 100 and restart istiod.',
  ),
  'mesh-config-malformed': describe(
    'warning',
    'The mesh config or ProxyConfig has fields of a shape that Istio cannot read; they are taken as absent.',
    'Correct the named fields.',
  ),
  'mesh-config-assumed': describe(
    'warning',
    'The mesh config could not be read: root namespace istio-system and no default provider are assumed, and providers are taken to exist.',
    'Let the portal read the ConfigMap istio in the root namespace.',
  ),
  'istiod-environment-assumed': describe(
    'info',
    "istiod's environment could not be read: PILOT_TRACE_SAMPLING is assumed to have its default.",
    'Let the portal read the Deployment of istiod.',
  ),
  'istiod-version-unknown-to-product': describe(
    'info',
    "istiod's release is older or newer than those that effective tracing was compared with, so it may differ in details.",
    'Upgrade Istio to a release that is still supported, or this product to one that knows yours.',
  ),
  'enable-tracing-without-effect': describe(
    'info',
    'meshConfig.enableTracing contradicts what happens: it neither makes spans without a provider nor stops them where a Telemetry or a default provider decides.',
    'Remove enableTracing, and say with a Telemetry or with defaultProviders.tracing whether the mesh traces.',
  ),
  'discovery-selectors': describe(
    'info',
    'The mesh config has discoverySelectors: istiod may not see Telemetries of namespaces that they leave out.',
    'Check that the namespace is selected.',
  ),
  'legacy-path': describe(
    'info',
    "No Telemetry and no default provider decide about tracing; enableTracing and the pod's ProxyConfig do, and changes reach a pod only when it restarts.",
    'Define an extension provider and name it in a mesh-wide Telemetry or as default provider.',
  ),
  'reporting-disabled': describe(
    'info',
    'disableSpanReporting is set: no spans here, and no trace context is started or written; incoming trace headers pass through as they are.',
    'Remove disableSpanReporting to trace this workload.',
  ),
  'sampling-not-first-hop': describe(
    'info',
    'The percentage decides on requests that start at this workload; it adds none to the traces of requests that arrive with a trace decision.',
    'To see more traces of requests from outside, raise the percentage where they enter the mesh, usually at the gateway.',
  ),
  'provider-sampler-decides': describe(
    'info',
    "The provider's own sampler decides; percentages of Telemetry and ProxyConfig have no effect.",
    "Set the rate in the sampler's service.",
  ),
  'waypoint-skipped-by-ingress': describe(
    'info',
    'Ingress gateways send requests straight to the pods, past the waypoint, unless a label asks for it.',
    'Label the Service or its namespace with istio.io/ingress-use-waypoint: "true" if the waypoint should see them, too.',
  ),
  'waypoint-differs-by-service': describe(
    'info',
    'The workload is behind several services, or is called directly as well, and the waypoints on these ways trace differently.',
    'Look at the ways that are listed, and give their Telemetries the same values if they should be alike.',
  ),
  'custom-tags-replaced': describe(
    'info',
    'The custom tags replace those of a farther level as a whole; the tags that are not repeated are lost.',
    'Repeat the inherited tags that should stay.',
  ),
  'tag-environment-missing': describe(
    'info',
    'A custom tag reads an environment variable that the proxy container does not have, and it has no default.',
    'Set the variable for the istio-proxy container, or give the tag a default value.',
  ),
  'second-provider-ignored': describe(
    'info',
    'A tracing entry names several providers; only the first counts.',
    'Name one provider.',
  ),
  'second-default-provider-ignored': describe(
    'info',
    'meshConfig.defaultProviders.tracing names several providers; only the first counts.',
    'Name one provider.',
  ),
  'proxy-config-outdated': describe(
    'info',
    "The mesh's defaultConfig has another sampling than the one that this pod was started with; the pod's counts.",
    'Restart the workload to take the present defaultConfig.',
  ),
} as const satisfies Record<string, FindingDescription>;

/** A code of `findingCatalog`. */
export type TracingFindingCode = keyof typeof findingCatalog;
