/**
 * Who refuses: the API server by the CRD's schema and rules, istiod's
 * validating webhook, or this product, which refuses what both let through and
 * what then breaks a workload.
 * @public
 */
export type TelemetryErrorSource = 'schema' | 'webhook' | 'portal';

/** Why a Telemetry must not be written. @public */
export interface TelemetryError {
  by: TelemetryErrorSource;
  /** `spec.tracing[0].customTags.a.literal.value`; empty = the whole object. */
  path: string;
  /** The webhook's in its own words. */
  message: string;
}

/** The verdict on a Telemetry. @public */
export interface TelemetryValidation {
  errors: TelemetryError[];
  /** The webhook's warnings in its own words; the object is accepted with them. */
  warnings: string[];
}
