import {
  formatYaml,
  type EffectiveTracing,
  type Sourced,
  type Telemetry,
  type TracingSource,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';

interface Named {
  namespace: string;
  name: string;
}

/** The Telemetries that an effective tracing names, in its provenance or as ignored. */
function namesIn(effective: EffectiveTracing): Named[] {
  const ways = (effective.ambient?.routes ?? []).map(({ server }) => server);
  const sides = [effective.client, effective.server, ...ways].flatMap(side =>
    side ? [side] : [],
  );
  const sources = sides
    .flatMap(side => Object.values(side))
    .filter(isSourced)
    .flatMap(({ source, shadowed }) => [
      source,
      ...shadowed.map(shadow => shadow.source),
    ]);
  return [
    ...effective.chain,
    ...effective.ignored,
    ...sources.flatMap(source => (source.kind === 'telemetry' ? [source] : [])),
  ];
}

function isSourced(value: unknown): value is Sourced<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { source?: TracingSource }).source !== undefined
  );
}

/**
 * The Telemetries of one cluster that these tracings name, and no others, since
 * the caller need not see those.
 */
export function namedTelemetries(
  { inputs }: MeshSnapshot,
  effectives: EffectiveTracing[],
): Telemetry[] {
  const wanted = new Set(effectives.flatMap(namesIn).map(idOf));
  return inputs.telemetries.filter(({ metadata }) =>
    wanted.has(idOf(metadata)),
  );
}

/**
 * Telemetries of one cluster as YAML, by `cluster/namespace/name`, as
 * `kubectl get` shows them: without `managedFields`.
 */
export function resourcesOf(
  cluster: string,
  telemetries: Telemetry[],
): Record<string, string> {
  return Object.fromEntries(
    telemetries.map(telemetry => {
      const { managedFields: _, ...metadata } = telemetry.metadata;
      return [
        `${cluster}/${idOf(metadata)}`,
        formatYaml({
          apiVersion: telemetry.apiVersion ?? 'telemetry.istio.io/v1',
          kind: telemetry.kind ?? 'Telemetry',
          metadata,
          spec: telemetry.spec ?? {},
        }),
      ];
    }),
  );
}

function idOf({ namespace, name }: Named): string {
  return `${namespace}/${name}`;
}
