import type {
  EffectiveTracing,
  Telemetry,
  TelemetryTracing,
  TracingProxy,
  TracingSide,
} from 'backstage-plugin-mesh-tracing-common';

function counts(entry: unknown, side: TracingSide | undefined): boolean {
  const mode = (entry as TelemetryTracing | null)?.match?.mode;
  if (side === undefined || !mode || mode === 'CLIENT_AND_SERVER') return true;
  return mode.toLowerCase() === side;
}

/** The side that alone counts for a kind of proxy; undefined = both. */
export function onlySide(kind: TracingProxy['kind']): TracingSide | undefined {
  if (kind === 'sidecar') return undefined;
  return kind === 'gateway' ? 'client' : 'server';
}

/** Entries less those of the side that the proxy doesn't have. */
export function countingEntries(
  entries: readonly unknown[],
  kind: TracingProxy['kind'],
): unknown[] {
  return entries.filter(entry => counts(entry, onlySide(kind)));
}

/** The tracing entries that the resolver applies, in its order. */
export function expectedEntries(
  effective: EffectiveTracing,
  telemetries: ReadonlyMap<string, Telemetry>,
  kind: TracingProxy['kind'],
): unknown[] {
  return effective.chain.flatMap(({ namespace, name }) =>
    countingEntries(
      telemetries.get(`${namespace}/${name}`)?.spec?.tracing ?? [],
      kind,
    ),
  );
}

/** A value less what makes no difference in JSON of protocol buffers. */
export function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, withoutDefaults(item)] as const)
    .filter(([key, item]) => !isDefault(key, item))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

function isDefault(key: string, value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (key === 'mode') return value === 'CLIENT_AND_SERVER';
  if (key === 'defaultValue') return value === '';
  // Empty lists and maps are absent once they have been protocol buffers.
  if (key === 'providers') return Array.isArray(value) && value.length === 0;
  return key === 'customTags' && Object.keys(value).length === 0;
}
