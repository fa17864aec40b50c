import type { ObjectMetadata } from '../../shared/ObjectMetadata';
import type { CustomTag } from '../../meshconfig';
/**
 * The parts of Istio's `Telemetry` resource (`telemetry.istio.io/v1`) that
 * concern tracing, as they arrive from the Kubernetes API.
 *
 * Nullable fields follow the API: `null` and absent both mean "inherit".
 */

/** Which side of a proxy a tracing entry changes. @public */
export type TracingMode = 'CLIENT_AND_SERVER' | 'CLIENT' | 'SERVER';

/** One entry of `spec.tracing`. @public */
export interface TelemetryTracing {
  match?: { mode?: TracingMode | null } | null;
  /** Only the first provider counts. */
  providers?: Array<{ name?: string }> | null;
  /** Percent, 0 to 100. */
  randomSamplingPercentage?: number | null;
  disableSpanReporting?: boolean | null;
  /** Replaced as a whole by the nearer level, never merged. */
  customTags?: Record<string, CustomTag | null> | null;
  /** Istio 1.25 or newer. */
  enableIstioTags?: boolean | null;
  useRequestIdForTraceSampling?: boolean | null;
  /** Istio 1.30 or newer. */
  disableContextPropagation?: boolean | null;
}

/** What a policy attaches to instead of a selector. @public */
export interface PolicyTargetReference {
  group?: string;
  kind?: string;
  name?: string;
  namespace?: string;
}

/** `spec` of a Telemetry, less what does not concern tracing. @public */
export interface TelemetrySpec {
  selector?: { matchLabels?: Record<string, string> | null } | null;
  targetRef?: PolicyTargetReference | null;
  targetRefs?: PolicyTargetReference[] | null;
  tracing?: Array<TelemetryTracing | null> | null;
  metrics?: unknown;
  accessLogging?: unknown;
}

/** An Istio Telemetry resource. @public */
export interface Telemetry {
  apiVersion?: string;
  kind?: string;
  metadata: ObjectMetadata;
  spec?: TelemetrySpec | null;
}
