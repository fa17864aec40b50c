/**
 * The rungs of the ladder, in the order in which a trace needs them: what fails
 * on one makes those above it meaningless.
 * @public
 */
export const RUNG_IDS = [
  /** The trace store answers. */
  'store',
  /** The names that would be asked for exist in the store. */
  'names',
  /** Every pod of the workload is in the mesh. */
  'in-mesh',
  /** The Telemetries that reach the workload are valid and do what they say. */
  'telemetry',
  /** A provider is set, known, able to trace, and can be reached. */
  'provider',
  /** The percentage is above 0 as Envoy counts it. */
  'sampling',
  /** Spans are reported. */
  'reporting',
  /** The proxies accepted their configuration. */
  'accepted',
  /** Requests arrive. */
  'traffic',
  /** Who decides whether these requests are traced. */
  'decision',
  /** Spans leave the proxy, reach the collector and are taken there. */
  'export',
  /** Spans arrive under the expected name and tenant. */
  'arrival',
  /** The workload hands on the headers of a trace. */
  'propagation',
  /** Clocks, late spans, retention and limits of the store. */
  'limits',
] as const;

/** One of {@link RUNG_IDS}. @public */
export type RungId = (typeof RUNG_IDS)[number];
