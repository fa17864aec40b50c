import type { PolicyVerdictView } from '../../api';
import type { Finding } from '../../shared/Finding';
import type { TelemetrySpec } from '../../tracing';
import { formatWorkloadRef, type Workload } from '../../workloads';
import { proveSelector } from './proveSelector';

const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';

/** How an override attaches to its workload. */
export interface OverrideAttachment {
  spec: Pick<TelemetrySpec, 'selector' | 'targetRefs'>;
  others: Workload[];
  problem?: PolicyVerdictView;
  findings: Finding[];
}

/**
 * Gateways of the Gateway API and waypoints are named by target refs, all
 * others are selected by labels (Istio: policyattachment.go).
 */
export function attachOverride(
  workload: Workload,
  workloads: readonly Workload[],
): OverrideAttachment {
  const gateway = workload.labels[GATEWAY_NAME_LABEL];
  return gateway !== undefined && workload.proxy !== 'sidecar'
    ? attachByTarget(gateway, workload, workloads)
    : attachBySelector(workload, workloads);
}

function attachByTarget(
  gateway: string,
  workload: Workload,
  workloads: readonly Workload[],
): OverrideAttachment {
  return {
    spec: {
      targetRefs: [
        { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway },
      ],
    },
    others: workloads.filter(
      other =>
        other.cluster === workload.cluster &&
        other.namespace === workload.namespace &&
        !(other.kind === workload.kind && other.name === workload.name) &&
        [other.labels, ...other.pods.map(pod => pod.labels)].some(
          labels => labels[GATEWAY_NAME_LABEL] === gateway,
        ),
    ),
    findings: [],
  };
}

function attachBySelector(
  workload: Workload,
  workloads: readonly Workload[],
): OverrideAttachment {
  const proof = proveSelector(workload, workloads);
  if (!proof || workload.proxy === 'waypoint') {
    return {
      // A label that nothing carries: an empty selector would take the namespace.
      spec: { selector: { matchLabels: { 'meshtracing.io/none': 'none' } } },
      others: [],
      problem: {
        rule: 'selector',
        allowed: false,
        message: `The pods of ${formatWorkloadRef(
          workload,
        )} share no label that a selector could use; give them one, such as app`,
        field: 'workload',
      },
      findings: [],
    };
  }
  return {
    spec: { selector: { matchLabels: proof.matchLabels } },
    others: proof.others,
    findings: proof.volatileLabels.map(label => ({
      severity: 'info' as const,
      code: 'selector-volatile-label',
      what: `Only the label ${label} tells this workload from others, and it may change with a rollout; the override would then match nothing.`,
      whatToDo: 'Check the override after the next rollout.',
    })),
  };
}
