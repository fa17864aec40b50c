import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';

const NONE: readonly Telemetry[] = [];

/**
 * The Telemetries of one namespace without a look at all others; built once for each
 * state of a cluster.
 */
export class TelemetriesByNamespace {
  static readonly #known = new WeakMap<
    readonly Telemetry[],
    TelemetriesByNamespace
  >();

  readonly #byNamespace = new Map<string, Telemetry[]>();

  /** @param telemetries - the list is the key of the index and must never change */
  static of(telemetries: readonly Telemetry[]): TelemetriesByNamespace {
    let index = TelemetriesByNamespace.#known.get(telemetries);
    if (!index) {
      index = new TelemetriesByNamespace(telemetries);
      TelemetriesByNamespace.#known.set(telemetries, index);
    }
    return index;
  }

  private constructor(telemetries: readonly Telemetry[]) {
    for (const telemetry of telemetries) {
      const { namespace } = telemetry.metadata;
      const known = this.#byNamespace.get(namespace);
      if (known) {
        known.push(telemetry);
      } else {
        this.#byNamespace.set(namespace, [telemetry]);
      }
    }
  }

  /** In the order of the list. */
  in(namespace: string): readonly Telemetry[] {
    return this.#byNamespace.get(namespace) ?? NONE;
  }
}
