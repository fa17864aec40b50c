import {
  described,
  type YamlFindingDescription,
} from './YamlFindingDescription';

/** Findings about the configuration of Istio. @public */
export const istioFindings = {
  'refused-by-schema': described(
    'error',
    "The API server refuses the Telemetry by the schema or the rules of Istio's CRD.",
    'Correct the field that is named.',
    'refused',
  ),
  'refused-by-webhook': described(
    'error',
    "istiod's validating webhook refuses the Telemetry.",
    'Correct the field that is named.',
    'refused',
  ),
  'webhook-warning': described(
    'info',
    "istiod's validating webhook accepts the Telemetry with a warning.",
    'Read the warning; several tracing entries do work, a second provider of one entry does not count.',
  ),
  'ignored-older-wins': described(
    'warning',
    'The Telemetry stands for its whole namespace, and so does an older one; Istio looks at the oldest alone.',
    'Put the settings into the older Telemetry, or delete that one first.',
    'ignored',
  ),
  'ignored-by-istio': described(
    'warning',
    "Istio does not apply the Telemetry to any of the entity's workloads, although it looks as if it should.",
    'Follow the reason that is given: name the workload in its own namespace, by selector for sidecars and by targetRefs for waypoints.',
    'ignored',
  ),
  'telemetry-elsewhere': described(
    'info',
    "The Telemetry is for other workloads than the entity's.",
    'Look at it on the page of an entity that it is for.',
    'no-effect',
  ),
  'telemetry-without-tracing': described(
    'info',
    'The Telemetry says nothing about tracing. If it stands for its whole namespace, it still keeps younger ones from being looked at.',
    'Add a tracing section, if one is meant.',
    'no-effect',
  ),
  'telemetry-replaces': described(
    'info',
    'The cluster has a Telemetry of this name already: it is replaced, and keeps its age.',
    'Compare the two before you apply it.',
  ),
  'all-requests-traced': described(
    'info',
    '100 % are sampled: each request that starts here costs spans in every proxy and in the store.',
    'Keep it for a short time, and lower it afterwards.',
  ),
  'tag-of-path': described(
    'warning',
    'A custom tag takes the path of the request, which has no bound on its values and is in http.url already.',
    'Leave the tag out.',
  ),
  'tag-of-person': described(
    'warning',
    'A custom tag takes a header that identifies a person or a session, or lets one in: everybody who reads traces sees it.',
    'Leave the tag out, or have the application send an opaque value.',
  ),
  'mesh-config-refused': described(
    'error',
    'istiod refuses this mesh config and keeps the one that it has.',
    'Correct the field that is named.',
    'refused',
  ),
  'unknown-field': described(
    'warning',
    'istiod does not know the field and passes over it without a word.',
    "Correct the name or the place of the field; Istio's reference of MeshConfig has them all.",
  ),
  'misplaced-field': described(
    'warning',
    'The field exists in Istio, but not in this place, where istiod passes over it without a word.',
    'Move the field to where it belongs.',
  ),
  'resource-detectors-misplaced': described(
    'warning',
    'Resource detectors are a field of an OpenTelemetry provider alone; elsewhere istiod passes over them.',
    'Move them to meshConfig.extensionProviders[].opentelemetry.resourceDetectors.',
  ),
  'resource-detectors-purpose': described(
    'info',
    'Resource detectors add attributes to the resource of the spans, such as those of OTEL_RESOURCE_ATTRIBUTES of the proxy container; they do nothing for the propagation of trace headers.',
    'Keep them for attributes.',
  ),
  'bootstrap-tracer': described(
    'warning',
    'A tracer of the ProxyConfig is the old layer: it is fixed when a pod starts, and no Telemetry and no default provider uses it.',
    'Define an extension provider with the same service, and name it in defaultProviders.tracing or in a Telemetry.',
  ),
  'proxy-config-sampling': described(
    'info',
    'The sampling of a ProxyConfig counts only for pods that start afterwards, and only where no Telemetry sets a percentage.',
    'Set randomSamplingPercentage in a Telemetry, which counts at once.',
  ),
  'proxy-config-tags': described(
    'info',
    'The custom tags of a ProxyConfig count only for pods that start afterwards, and only where no Telemetry sets tags.',
    'Set customTags in a Telemetry, which counts at once.',
  ),
  'provider-incomplete': described(
    'error',
    'A tracing provider lacks its name, its service or its port.',
    'Complete it.',
    'cannot-work',
  ),
  'provider-of-several-kinds': described(
    'warning',
    'A provider has several kinds; istiod takes the one that its API declares last.',
    'Give each kind a provider of its own.',
  ),
  'provider-exports-twice': described(
    'warning',
    'An OpenTelemetry provider has http and grpc; istiod takes http.',
    'Leave one of them out.',
  ),
  'provider-port-missing': described(
    'warning',
    'A Service of this text is that of a tracing provider, and lacks its port.',
    "Add the port to the Service, or correct the provider's.",
  ),
  'provider-service': described(
    'info',
    'This is the service that a tracing provider of the mesh sends to.',
    'Nothing.',
  ),
  'service-not-looked-up': described(
    'info',
    "Whether the provider's service exists is not told here, since it is neither of the entity's namespaces nor of this text; it is taken to exist.",
    'Look with kubectl get service.',
  ),
  'no-default-provider': described(
    'warning',
    'The mesh config defines tracing providers and makes none the default: what no Telemetry names a provider for is not traced by them.',
    'Set defaultProviders.tracing, or name the provider in a mesh-wide Telemetry.',
  ),
  'mesh-config-whole': described(
    'info',
    'The document is taken as the whole mesh config, as istiod reads it: what the present one says besides is gone.',
    'Merge it into the present mesh config, if it is a part.',
  ),
  'mesh-config-drops-providers': described(
    'warning',
    'The present mesh config has tracing providers that this one lacks; lists of providers are replaced as a whole.',
    'Repeat the providers that should stay.',
  ),
  'mesh-config-drops-default': described(
    'warning',
    'The present mesh config has a default tracing provider, and this one has none.',
    'Repeat defaultProviders.tracing.',
  ),
  'operator-by-istioctl': described(
    'info',
    'An IstioOperator is input of istioctl install, which installs it as a whole; since Istio 1.24 no controller in the cluster reads it.',
    'Put all your settings into one file for istioctl install -f, instead of kubectl apply.',
  ),
  'legacy-tracer-value': described(
    'warning',
    'Values of global.tracer and global.proxy.tracer configure the old tracer of the bootstrap, which no Telemetry and no default provider uses.',
    'Define an extension provider in meshConfig instead.',
  ),
  'trace-sampling-zero': described(
    'warning',
    "pilot.traceSampling: 0 is taken as not set by Istio's chart, so that 1 % stays in force.",
    'Set randomSamplingPercentage: 0 in a mesh-wide Telemetry.',
  ),
  'proxy-config-without-tracing': described(
    'error',
    'A ProxyConfig resource has no fields about tracing; the API server prunes them.',
    'Set tracing in meshConfig.defaultConfig or in the annotation proxy.istio.io/config of the pods, or better in a Telemetry.',
    'cannot-work',
  ),
  'envoy-filter-by-hand': described(
    'warning',
    'An EnvoyFilter patches the tracing of the proxy, its trace headers or its request ids; what it does is not computed here.',
    'Prefer a Telemetry where it can say the same, and try the filter on one workload first.',
  ),
  'filter-after-decision': described(
    'error',
    'An HTTP filter sets trace headers. Envoy decides about a request before any of its HTTP filters run, so that nothing is traced for it here.',
    'Send x-client-trace-id with the requests that are to be traced, or set the header before this proxy; “Trace this one request” and the conditional tracing of the sampling view give the right form.',
    'cannot-work',
  ),
  'sidecar-egress': described(
    'info',
    "The egress of this Sidecar bounds what proxies reach; the provider's service must be in it.",
    'Nothing, as long as no other finding names it.',
  ),
  'retired-istio-resource': described(
    'error',
    'The resource belongs to a part of Istio that does not exist any more; the API server does not know its kind.',
    'Use a Telemetry and an extension provider instead.',
    'cannot-work',
  ),
} as const satisfies Record<string, YamlFindingDescription>;
