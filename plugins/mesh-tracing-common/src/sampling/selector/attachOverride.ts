import type { Istiod } from '../../tracing';
import { formatWorkloadRef, type Workload } from '../../workloads';
import { attachToWaypoint, behindGateway } from './attachToWaypoint';
import type { OverrideAttachment } from './OverrideAttachment';
import { proveSelector } from './proveSelector';

const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';

/**
 * Gateways of the Gateway API and waypoints are named by target refs, so are services
 * for workloads behind waypoints, and all others are selected by labels (Istio:
 * policyattachment.go).
 */
export function attachOverride(
  workload: Workload,
  workloads: readonly Workload[],
  istiod: Istiod,
): OverrideAttachment {
  const gateway = workload.labels[GATEWAY_NAME_LABEL];
  if (workload.proxy === 'none') {
    return (
      attachToWaypoint(workload, workloads, istiod) ??
      attachBySelector(workload, workloads)
    );
  }
  return gateway !== undefined && workload.proxy !== 'sidecar'
    ? attachByTarget(gateway, workload, workloads, istiod)
    : attachBySelector(workload, workloads);
}

function attachByTarget(
  gateway: string,
  workload: Workload,
  workloads: readonly Workload[],
  istiod: Istiod,
): OverrideAttachment {
  const { namespace } = workload;
  const behind =
    workload.proxy === 'waypoint'
      ? behindGateway(workload, workloads, { namespace, name: gateway }, istiod)
      : [];
  return {
    spec: {
      targetRefs: [
        { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway },
      ],
    },
    others: [
      ...workloads.filter(
        other =>
          other.cluster === workload.cluster &&
          other.namespace === workload.namespace &&
          !(other.kind === workload.kind && other.name === workload.name) &&
          [other.labels, ...other.pods.map(pod => pod.labels)].some(
            labels => labels[GATEWAY_NAME_LABEL] === gateway,
          ),
      ),
      ...behind,
    ],
    ...(behind.length > 0
      ? { target: `waypoint ${namespace}/${gateway}` }
      : {}),
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
