import type { CustomTag } from './CustomTag';

/** `ProxyConfig.tracing`: the older layer below Telemetry. @public */
export interface ProxyConfigTracing {
  /** Percent; 0 means unset, above 100 is treated as 1 by istiod. */
  sampling?: number | null;
  customTags?: Record<string, CustomTag | null> | null;
  /** Characters; 0 means unset. */
  maxPathTagLength?: number | null;
  enableIstioTags?: boolean | null;
  [tracer: string]: unknown;
}

/** The ProxyConfig that a proxy reports, or the mesh's `defaultConfig`. @public */
export interface ProxyConfig {
  tracing?: ProxyConfigTracing | null;
  tracingServiceName?: TracingServiceName | string;
  serviceCluster?: string;
  [other: string]: unknown;
}

/** How istiod names a workload's spans. @public */
export type TracingServiceName =
  | 'APP_LABEL_AND_NAMESPACE'
  | 'CANONICAL_NAME_ONLY'
  | 'CANONICAL_NAME_AND_NAMESPACE';

/** An entry of `meshConfig.extensionProviders`, one kind present. @public */
export interface ExtensionProvider {
  name?: string;
  [kind: string]: unknown;
}

/** The parts of Istio's mesh config that decide about tracing. @public */
export interface MeshConfig {
  /** `istio-system` when absent. */
  rootNamespace?: string;
  /** True when absent; only the legacy path looks at it. */
  enableTracing?: boolean;
  defaultProviders?: { tracing?: string[] | null } | null;
  extensionProviders?: ExtensionProvider[] | null;
  defaultConfig?: ProxyConfig | null;
  trustDomain?: string;
  [other: string]: unknown;
}
