import type { MeshConfig, ProxyConfig } from '../../meshconfig';
import type { Telemetry } from '../telemetry/Telemetry';
import type { TracingService } from '../model/MeshTracingInputs';

/** One case of behaviour recorded from Istio. Format: fixtures/README.md. */
export interface ResolutionCase {
  name: string;
  in: {
    meshConfig?: MeshConfig;
    telemetries?: Telemetry[];
    proxy: {
      type: 'sidecar' | 'router' | 'waypoint';
      namespace: string;
      labels?: Record<string, string>;
      version?: string;
      proxyConfig?: ProxyConfig;
      meshID?: string;
      clusterID?: string;
    };
    service?: TracingService | null;
  };
  out: {
    model?: unknown;
    hcm?: unknown;
    validation?: unknown;
    panic?: string;
  };
}

/** One verdict of the validating webhook recorded from Istio. */
export interface WebhookCase {
  name: string;
  telemetry: Telemetry;
  error: string | null;
  warning: string | null;
}

/** A file of cases. */
export interface ConformanceFile {
  hand?: ResolutionCase[];
  fuzz_model?: ResolutionCase[];
  fuzz_hcm?: ResolutionCase[];
  validation_webhook?: WebhookCase[];
  servicesInRegistryForHcmCases?: string[];
}

/** A difference between Istio's answer and ours. */
export interface Mismatch {
  /** `hand`, `fuzz_model` … */
  list: string;
  case: string;
  /** `model`, `shuffled`, `hcm`, `validation`, `panic`, `webhook`. */
  check: string;
  /** `client.customTags.a.literal.value`. */
  path: string;
  expected: unknown;
  got: unknown;
}
