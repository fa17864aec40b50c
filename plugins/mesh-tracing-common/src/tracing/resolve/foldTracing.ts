import type { TracingSide, TracingSource } from '../model/EffectiveTracing';
import type { ChainLink } from '../chain/tracingChain';
import type { CustomTags, MeshReading } from '../../meshconfig';
import {
  telemetrySource,
  type TelemetryReading,
} from '../telemetry/readTelemetry';
import type { TracingEntry } from '../telemetry/readTracingEntry';
import { BUILT_IN_DEFAULT, Layers } from './Layers';
import type { ProviderRegistry, ResolvedProvider } from './ProviderRegistry';

/** A value that a Telemetry set. */
export interface TelemetryValue<T> {
  value: T;
  source: TracingSource;
}

/**
 * One side of the folded specification, with provenance: what istiod makes of
 * mesh config and Telemetries before it looks at the proxy (Istio: TracingSpec).
 */
export interface FoldedSide {
  side: TracingSide;
  /** Null = none was found: tracing is off. */
  provider: Layers<ResolvedProvider | null>;
  /** The name that was looked up last; undefined = none was named anywhere. */
  providerName: string | undefined;
  reporting: Layers<boolean>;
  /** Percent, in order of application; the last one counts. */
  samplingPercent: TelemetryValue<number>[];
  /** Whole maps, in order of application; the last one counts. */
  customTags: TelemetryValue<CustomTags>[];
  istioTags: Layers<boolean>;
  useRequestId: Layers<boolean>;
  disableContextPropagation: Layers<boolean>;
}

/** Whether the specification switches this side off (Istio: Disabled). */
export function isDisabled(side: FoldedSide): boolean {
  return side.provider.value === null || !side.reporting.value;
}

/**
 * Whether Telemetries or a default provider decide at all; if not, the legacy
 * path does (Istio: Tracing returns nil).
 */
export function hasSpecification(
  mesh: MeshReading,
  links: readonly ChainLink[],
): boolean {
  return mesh.defaultProviders.length > 0 || links.length > 0;
}

/**
 * Folds the entries of a chain for one side (Istio: Tracing): each entry
 * overrides the fields that it sets, custom tags as a whole, and of several
 * provider names only the first counts.
 */
export function foldTracing(
  mesh: MeshReading,
  providers: ProviderRegistry,
  links: readonly ChainLink[],
  side: TracingSide,
): FoldedSide {
  const folded = startingSide(mesh, providers, side);
  for (const { reading, level } of links) {
    for (const entry of reading.entries) {
      if (!entry[side]) continue;
      const source = telemetrySource(reading, entry, level);
      applyEntry(folded, providers, entry, source);
    }
  }
  return folded;
}

function startingSide(
  mesh: MeshReading,
  providers: ProviderRegistry,
  side: TracingSide,
): FoldedSide {
  const name = mesh.defaultProviders[0];
  return {
    side,
    provider:
      name === undefined
        ? new Layers<ResolvedProvider | null>(null, BUILT_IN_DEFAULT)
        : new Layers(providers.lookup(name), {
            kind: 'mesh-default-provider',
            provider: name,
          }),
    providerName: name,
    reporting: new Layers(true, BUILT_IN_DEFAULT),
    samplingPercent: [],
    customTags: [],
    istioTags: new Layers(true, BUILT_IN_DEFAULT),
    useRequestId: new Layers(true, BUILT_IN_DEFAULT),
    disableContextPropagation: new Layers(false, BUILT_IN_DEFAULT),
  };
}

function applyEntry(
  folded: FoldedSide,
  providers: ProviderRegistry,
  entry: TracingEntry,
  source: TracingSource,
): void {
  const name = entry.providers[0];
  if (name !== undefined) {
    folded.provider.set(providers.lookup(name), source);
    folded.providerName = name;
  }
  if (entry.disableSpanReporting !== undefined) {
    folded.reporting.set(!entry.disableSpanReporting, source);
  }
  if (entry.samplingPercent !== undefined) {
    folded.samplingPercent.push({ value: entry.samplingPercent, source });
  }
  if (entry.customTags !== undefined) {
    folded.customTags.push({ value: entry.customTags, source });
  }
  if (entry.istioTags !== undefined) {
    folded.istioTags.set(entry.istioTags, source);
  }
  if (entry.useRequestId !== undefined) {
    folded.useRequestId.set(entry.useRequestId, source);
  }
  if (entry.disableContextPropagation !== undefined) {
    folded.disableContextPropagation.set(
      entry.disableContextPropagation,
      source,
    );
  }
}

/** Whether any entry of a reading concerns a side. */
export function touches(reading: TelemetryReading, side: TracingSide): boolean {
  return reading.entries.some(entry => entry[side]);
}
