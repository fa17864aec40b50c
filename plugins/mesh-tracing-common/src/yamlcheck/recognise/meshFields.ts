import type { YamlMap } from '../read/values';

/** Fields of a mesh config that no other file has at its top. */
const FIELDS = [
  'extensionProviders',
  'extension_providers',
  'defaultProviders',
  'default_providers',
  'enableTracing',
  'enable_tracing',
  'defaultConfig',
  'default_config',
  'rootNamespace',
  'root_namespace',
  'outboundTrafficPolicy',
  'outbound_traffic_policy',
  'discoverySelectors',
  'discovery_selectors',
  'trustDomain',
  'trust_domain',
  'enablePrometheusMerge',
  'enable_prometheus_merge',
  'accessLogFile',
  'access_log_file',
];

/** The fields of a mesh config that a map has at its top. */
export function meshFields(value: YamlMap): string[] {
  return FIELDS.filter(field => Object.hasOwn(value, field));
}
