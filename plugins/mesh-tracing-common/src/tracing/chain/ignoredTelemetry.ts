import type {
  IgnoredReason,
  IgnoredTelemetry,
} from '../model/EffectiveTracing';
import type { TelemetryReading } from '../telemetry/readTelemetry';

/**
 * The record that a Telemetry has no part in a result. It depends on the
 * resource and the reason alone, so each is made once and shared by all results.
 */
export function ignoredTelemetry(
  reading: TelemetryReading,
  reason: IgnoredReason,
): IgnoredTelemetry {
  let ignored = reading.ignored[reason];
  if (!ignored) {
    ignored = {
      namespace: reading.namespace,
      name: reading.name,
      reason,
      explanation: explain(reading, reason),
    };
    reading.ignored[reason] = ignored;
  }
  return ignored;
}

function explain(reading: TelemetryReading, reason: IgnoredReason): string {
  switch (reason) {
    case 'older-namespace-wide':
      return `An older Telemetry already stands for the whole namespace ${reading.namespace}; Istio looks at one only.`;
    case 'selector-does-not-match':
      return `Its selector ${selectorText(
        reading,
      )} does not match this workload's labels.`;
    case 'target-refs-on-sidecar':
      return 'It targets a Gateway or a service, and Istio ignores such a Telemetry for workloads that no Kubernetes Gateway stands for.';
    case 'target-ref-does-not-match':
      return `It targets ${targetText(
        reading,
      )}, none of which is this proxy or the service it handles.`;
    case 'selector-on-waypoint':
      return 'It selects by labels, and waypoints are reached by target references only.';
    case 'selector-on-gateway-disabled':
      return 'It selects by labels, and istiod runs with ENABLE_SELECTOR_BASED_K8S_GATEWAY_POLICY off, so Kubernetes Gateways are reached by target references only.';
    case 'root-namespace-selector':
      return 'It selects by labels in the root namespace, and such a Telemetry reaches workloads of the root namespace only.';
    case 'outside-current-namespace':
      return `It stands in namespace ${reading.namespace}, where Istio does not look for Telemetries of a single proxy in this case.`;
    case 'other-revision':
      return `Its label istio.io/rev=${reading.revision} gives it to another revision of Istio.`;
    case 'no-tracing':
      return 'It applies here but says nothing about tracing.';
    case 'mode-without-effect':
      return 'It applies here, but only to the side of the proxy that this kind of proxy does not trace.';
    default:
      return `It cannot be read: ${reading.problems
        .slice(0, 3)
        .map(problem => `${problem.path} ${problem.message}`)
        .join('; ')}.`;
  }
}

function selectorText(reading: TelemetryReading): string {
  const shown = reading.matchLabels.slice(0, 5);
  const more = reading.matchLabels.length - shown.length;
  const text = shown.map(([key, value]) => `${key}=${value}`).join(', ');
  return more > 0 ? `${text} and ${more} more` : text;
}

function targetText(reading: TelemetryReading): string {
  const shown = reading.targetRefs.slice(0, 5);
  const more = reading.targetRefs.length - shown.length;
  const text = shown.map(ref => `${ref.kind} ${ref.name}`).join(', ');
  return more > 0 ? `${text} and ${more} more` : text;
}
