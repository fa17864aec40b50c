import type { IgnoredTelemetry } from '../model/EffectiveTracing';
import {
  readTelemetry,
  type TelemetryReading,
} from '../telemetry/readTelemetry';
import { compareTelemetries } from './compareTelemetries';
import { ignoredTelemetry } from './ignoredTelemetry';

/** The Telemetries of one namespace, in Istio's order. */
export interface NamespaceTelemetries {
  /** Of those for the whole namespace the one that Istio looks at. */
  wide?: TelemetryReading;
  /** Others for the whole namespace; Istio does not look at them. */
  unusedWide: readonly TelemetryReading[];
  /** Those with a selector or target references. */
  narrow: readonly TelemetryReading[];
  /** Ignored whatever the workload: unused, other revision, malformed. */
  ignored: readonly IgnoredTelemetry[];
  /**
   * For the root namespace: its narrow ones, as proxies of other namespaces
   * ignore them.
   */
  ignoredAsRoot: readonly IgnoredTelemetry[];
  malformed: readonly TelemetryReading[];
}

const EMPTY: NamespaceTelemetries = {
  unusedWide: [],
  narrow: [],
  ignored: [],
  ignoredAsRoot: [],
  malformed: [],
};

/** Telemetries by namespace, read and sorted once for any number of proxies. */
export class TelemetryIndex {
  readonly #byNamespace: ReadonlyMap<string, NamespaceTelemetries>;
  /** Objects that do not even say where they stand. */
  readonly unplaced: readonly TelemetryReading[];

  private constructor(
    byNamespace: ReadonlyMap<string, NamespaceTelemetries>,
    unplaced: readonly TelemetryReading[],
  ) {
    this.#byNamespace = byNamespace;
    this.unplaced = unplaced;
  }

  /**
   * @param revision - istiod's; empty takes every Telemetry, else those that
   * carry no revision label or exactly this one.
   */
  static create(
    telemetries: readonly unknown[],
    revision: string | undefined,
  ): TelemetryIndex {
    const readings = telemetries.map(readTelemetry).sort(compareTelemetries);
    const groups = new Map<string, TelemetryReading[]>();
    const unplaced: TelemetryReading[] = [];
    for (const [i, reading] of readings.entries()) {
      reading.number = i;
      if (!reading.namespace) {
        unplaced.push(reading);
        continue;
      }
      const group = groups.get(reading.namespace);
      if (group) group.push(reading);
      else groups.set(reading.namespace, [reading]);
    }
    const byNamespace = new Map<string, NamespaceTelemetries>();
    for (const [namespace, group] of groups) {
      byNamespace.set(namespace, arrange(group, revision));
    }
    return new TelemetryIndex(byNamespace, unplaced);
  }

  namespace(name: string): NamespaceTelemetries {
    return this.#byNamespace.get(name) ?? EMPTY;
  }
}

function arrange(
  readings: readonly TelemetryReading[],
  revision: string | undefined,
): NamespaceTelemetries {
  let wide: TelemetryReading | undefined;
  const unusedWide: TelemetryReading[] = [];
  const narrow: TelemetryReading[] = [];
  const ignored: IgnoredTelemetry[] = [];
  const malformed: TelemetryReading[] = [];
  for (const reading of readings) {
    if (reading.problems.length > 0) {
      malformed.push(reading);
      ignored.push(ignoredTelemetry(reading, 'malformed'));
    } else if (!inRevision(reading, revision)) {
      ignored.push(ignoredTelemetry(reading, 'other-revision'));
    } else if (!reading.namespaceWide) {
      narrow.push(reading);
    } else if (wide) {
      unusedWide.push(reading);
      ignored.push(ignoredTelemetry(reading, 'older-namespace-wide'));
    } else {
      wide = reading;
    }
  }
  const ignoredAsRoot = narrow.map(reading =>
    ignoredTelemetry(
      reading,
      reading.targetRefs.length === 0
        ? 'root-namespace-selector'
        : 'outside-current-namespace',
    ),
  );
  return {
    wide,
    unusedWide,
    narrow,
    ignored,
    ignoredAsRoot,
    malformed,
  };
}

function inRevision(
  reading: TelemetryReading,
  revision: string | undefined,
): boolean {
  return !revision || !reading.revision || reading.revision === revision;
}
