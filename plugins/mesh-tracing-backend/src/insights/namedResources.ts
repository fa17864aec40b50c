import type {
  EffectiveTracing,
  Sourced,
  TracingSource,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import { stringify } from 'yaml';

interface Named {
  namespace: string;
  name: string;
}

/** The Telemetries that an effective tracing names, in its provenance or as ignored. */
function namesIn(effective: EffectiveTracing): Named[] {
  const sides = [effective.client, effective.server].flatMap(side =>
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
 * The named Telemetries of one cluster as YAML, by `cluster/namespace/name`, as
 * `kubectl get` shows them: without `managedFields`. Others stay unseen.
 */
export function namedResources(
  snapshot: MeshSnapshot,
  effectives: EffectiveTracing[],
): Record<string, string> {
  const wanted = new Set(
    effectives
      .flatMap(namesIn)
      .map(({ namespace, name }) => `${namespace}/${name}`),
  );
  const entries = snapshot.inputs.telemetries.flatMap(telemetry => {
    const { managedFields: _, ...metadata } = telemetry.metadata;
    const id = `${metadata.namespace}/${metadata.name}`;
    return wanted.has(id)
      ? [
          [
            `${snapshot.cluster}/${id}`,
            stringify({
              apiVersion: telemetry.apiVersion ?? 'telemetry.istio.io/v1',
              kind: telemetry.kind ?? 'Telemetry',
              metadata,
              spec: telemetry.spec ?? {},
            }),
          ] as const,
        ]
      : [];
  });
  return Object.fromEntries(entries);
}
