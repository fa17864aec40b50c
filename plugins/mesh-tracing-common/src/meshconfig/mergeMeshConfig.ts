import type { DecodedMessage } from './protojson/decodeProtoJson';

/** Two fields that are one choice (Istio: `oneof cluster_name`). */
const NAMING = ['serviceCluster', 'tracingServiceName'] as const;
/** What a later text keeps of `proxyHeaders` unless it says otherwise. */
const KEPT_HEADERS = [
  'forwardedClientCert',
  'requestId',
  'attemptCount',
  'server',
  'envoyDebugHeaders',
] as const;

/**
 * Applies a mesh config over another one, as istiod does (Istio: mesh.go,
 * ApplyMeshConfig): each field replaces that of before, except that
 * `defaultConfig` and `defaultProviders` are merged field by field, providers
 * by name, and aliases of the trust domain are added.
 *
 * @param base - decoded; what is applied first
 * @param over - decoded
 */
export function mergeMeshConfig(
  base: DecodedMessage,
  over: DecodedMessage,
): DecodedMessage {
  const merged: DecodedMessage = { ...base, ...over };
  setIfAny(merged, 'defaultConfig', base, over, mergeProxyConfig);
  setIfAny(merged, 'defaultProviders', base, over, (a, b) => ({ ...a, ...b }));
  if (over.extensionProviders) {
    merged.extensionProviders = mergeProviders([
      ...((base.extensionProviders as DecodedMessage[] | undefined) ?? []),
      ...(over.extensionProviders as DecodedMessage[]),
    ]);
  }
  const aliases = [base, over].flatMap(
    ({ trustDomainAliases }) =>
      (trustDomainAliases as string[] | undefined) ?? [],
  );
  if (aliases.length > 0)
    merged.trustDomainAliases = [...new Set(aliases)].sort();
  return merged;
}

function setIfAny(
  merged: DecodedMessage,
  name: string,
  base: DecodedMessage,
  over: DecodedMessage,
  merge: (a: DecodedMessage, b: DecodedMessage) => DecodedMessage,
): void {
  if (base[name] === undefined && over[name] === undefined) return;
  merged[name] = merge(
    (base[name] as DecodedMessage | undefined) ?? {},
    (over[name] as DecodedMessage | undefined) ?? {},
  );
}

function mergeProxyConfig(
  base: DecodedMessage,
  over: DecodedMessage,
): DecodedMessage {
  const kept = { ...base };
  if (NAMING.some(name => over[name] !== undefined)) {
    NAMING.forEach(name => delete kept[name]);
  }
  const merged: DecodedMessage = { ...kept, ...over };
  if (base.proxyMetadata && over.proxyMetadata) {
    merged.proxyMetadata = { ...base.proxyMetadata, ...over.proxyMetadata };
  }
  if (base.proxyHeaders && over.proxyHeaders) {
    const before = base.proxyHeaders as DecodedMessage;
    merged.proxyHeaders = {
      ...Object.fromEntries(
        KEPT_HEADERS.flatMap(name =>
          before[name] === undefined ? [] : [[name, before[name]]],
        ),
      ),
      ...over.proxyHeaders,
    };
  }
  return merged;
}

/** A later provider takes the place of an earlier one of the same name. */
function mergeProviders(providers: DecodedMessage[]): DecodedMessage[] {
  const byName = new Map<unknown, DecodedMessage>();
  providers.forEach(provider => byName.set(provider.name ?? '', provider));
  return [...byName.values()];
}
