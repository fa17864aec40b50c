import type { IgnoredReason } from '../model/EffectiveTracing';
import type { TargetRef, TelemetryReading } from '../telemetry/readTelemetry';
import type { TracingProxy, TracingService } from '../model/MeshTracingInputs';
import { containsAll } from './selectorMatches';

/** The label that marks proxies of Kubernetes Gateways, waypoints included. */
export const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';

const GATEWAY_GROUP = 'gateway.networking.k8s.io';
const SERVICE_ENTRY_GROUP = 'networking.istio.io';
const WAYPOINT_CLASS = 'istio-waypoint';

/** What attachment depends on besides the Telemetry (Istio: policyattachment). */
export interface AttachmentContext {
  proxy: TracingProxy;
  labels: Readonly<Record<string, string>>;
  service: TracingService | undefined;
  rootNamespace: string;
  /** `ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY`. */
  selectorBasedGatewayPolicy: boolean;
  /** istiod knows GatewayClass references, 1.25 or newer. */
  gatewayClassRefs: boolean;
}

/**
 * Why a Telemetry that is not namespace-wide does not attach to the proxy, or
 * undefined when it attaches.
 */
export function attachmentRefusal(
  reading: TelemetryReading,
  context: AttachmentContext,
): IgnoredReason | undefined {
  const gatewayName = context.labels[GATEWAY_NAME_LABEL];
  const { targetRefs } = reading;
  if (gatewayName === undefined) {
    if (targetRefs.length > 0) return 'target-refs-on-sidecar';
    return selectorRefusal(reading, context);
  }
  if (targetRefs.length > 0) {
    return targetRefs.some(ref =>
      refMatches(ref, reading.namespace, gatewayName, context),
    )
      ? undefined
      : 'target-ref-does-not-match';
  }
  if (context.proxy.kind === 'waypoint') return 'selector-on-waypoint';
  if (!context.selectorBasedGatewayPolicy) {
    return 'selector-on-gateway-disabled';
  }
  return selectorRefusal(reading, context);
}

function selectorRefusal(
  reading: TelemetryReading,
  context: AttachmentContext,
): IgnoredReason | undefined {
  return containsAll(context.labels, reading.matchLabels)
    ? undefined
    : 'selector-does-not-match';
}

function refMatches(
  ref: TargetRef,
  policyNamespace: string,
  gatewayName: string,
  context: AttachmentContext,
): boolean {
  const { proxy } = context;
  if (proxy.kind === 'waypoint') {
    if (serviceMatches(ref, policyNamespace, context.service)) return true;
    if (
      context.gatewayClassRefs &&
      policyNamespace === context.rootNamespace &&
      ref.kind === 'GatewayClass' &&
      ref.group === GATEWAY_GROUP &&
      ref.name === WAYPOINT_CLASS
    ) {
      return true;
    }
  }
  return (
    proxy.namespace === policyNamespace &&
    (ref.namespace === '' || ref.namespace === proxy.namespace) &&
    ref.kind === 'Gateway' &&
    ref.group === GATEWAY_GROUP &&
    ref.name === gatewayName
  );
}

function serviceMatches(
  ref: TargetRef,
  policyNamespace: string,
  service: TracingService | undefined,
): boolean {
  if (!service || service.namespace !== policyNamespace) return false;
  if (ref.name !== (service.objectName || service.name)) return false;
  return service.registry === 'Kubernetes'
    ? ref.kind === 'Service' && ref.group === 'core'
    : service.registry === 'External' &&
        ref.kind === 'ServiceEntry' &&
        ref.group === SERVICE_ENTRY_GROUP;
}
