import {
  AMBIENT_LABELS,
  INJECTION_LABELS,
  formatWorkloadRef,
  type Workload,
} from '../../../workloads';
import { formatYaml } from '../../../yaml';
import type { DiagnosisMend } from '../../model/Diagnosis';
import type { ConfigurationFacts } from '../ConfigurationFacts';
import {
  labelNamespaceCommand,
  restartCommand,
  templateCommand,
} from '../mends/kubectl';
import type { BareReason } from './bareReason';

const INJECT = 'sidecar.istio.io/inject';

function command(what: string, text: string | undefined): DiagnosisMend[] {
  return text === undefined ? [] : [{ kind: 'command', what, command: text }];
}

/** Makes the pods anew, so that they are injected. */
export function restartMend(workload: Workload): DiagnosisMend[] {
  const restart = restartCommand(workload);
  return restart === undefined
    ? [
        {
          kind: 'advice',
          what: `Let the pods of ${formatWorkloadRef(
            workload,
          )} be created anew: a proxy is added only when a pod is created.`,
        },
      ]
    : command(
        'Restart the workload: a proxy is added only when a pod is created.',
        restart,
      );
}

/** What gives the pods of a workload a proxy. */
export function injectionMends(
  facts: ConfigurationFacts,
  reason: BareReason,
): DiagnosisMend[] {
  const { workload } = facts;
  switch (reason.code) {
    case 'host-network':
      return command(
        'Take the pods out of the network of their node; Istio leaves such pods alone.',
        templateCommand(workload, { spec: { hostNetwork: false } }),
      );
    case 'injection-refused':
      return command(
        'Let the workload be injected; its pods are made anew by that.',
        templateCommand(workload, {
          metadata: {
            labels: { [INJECT]: 'true' },
            annotations: { [INJECT]: null },
          },
        }),
      );
    case 'injection-label-missing':
      return [...ownLabelMends(facts), ...namespaceMends(facts)];
    case 'namespace-injection-disabled':
      return namespaceMends(facts);
    case 'revision-unknown':
      return namespaceMends(facts);
    default:
      return restartMend(workload);
  }
}

/** The label that asks the mesh's istiod for proxies. */
function injectionLabel({ inputs }: ConfigurationFacts): [string, string] {
  const { revision } = inputs.istiod;
  return !revision || revision === 'default'
    ? ['istio-injection', 'enabled']
    : ['istio.io/rev', revision];
}

/** Labels by which pods themselves ask the mesh's istiod for a proxy. */
function ownLabels(facts: ConfigurationFacts): Record<string, string> {
  const [key, value] = injectionLabel(facts);
  return key === 'istio-injection' ? { [INJECT]: 'true' } : { [key]: value };
}

function ownLabelMends(facts: ConfigurationFacts): DiagnosisMend[] {
  return command(
    'Let this workload alone be injected; its pods are made anew by that.',
    templateCommand(facts.workload, { metadata: { labels: ownLabels(facts) } }),
  );
}

/**
 * A label `istio-injection` counts before a revision, so it goes where a revision is
 * to count.
 */
function namespaceMends(facts: ConfigurationFacts): DiagnosisMend[] {
  const { workload } = facts;
  const [key, value] = injectionLabel(facts);
  const other = key === 'istio-injection' ? '' : ' istio-injection-';
  const label = labelNamespaceCommand(workload.namespace, `${key}=${value}`);
  const restart = restartCommand(workload);
  return command(
    'Let the whole namespace be injected, and restart the workload; other workloads there follow when they restart.',
    [label + other, ...(restart ? [restart] : [])].join(' && '),
  );
}

/** A sidecar in ztunnel's place, where the namespace does not refuse sidecars. */
export function sidecarMends(facts: ConfigurationFacts): DiagnosisMend[] {
  const { injection, workload } = facts;
  const namespace = injection?.namespaces?.get(workload.namespace);
  if (namespace?.labels[INJECTION_LABELS.injection] === 'disabled') return [];
  const labels = {
    [AMBIENT_LABELS.dataplaneMode]: 'none',
    ...ownLabels(facts),
  };
  return command(
    'Or give this workload a sidecar in place of ztunnel; its pods are made anew by that.',
    templateCommand(workload, { metadata: { labels } }),
  );
}

/** What puts a waypoint before a workload in the ambient mesh. */
export function waypointMends({ namespace }: Workload): DiagnosisMend[] {
  const gateway = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: {
      namespace,
      name: 'waypoint',
      labels: { [AMBIENT_LABELS.waypointFor]: 'service' },
    },
    spec: {
      gatewayClassName: 'istio-waypoint',
      listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }],
    },
  };
  const labelled = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: { [AMBIENT_LABELS.useWaypoint]: 'waypoint' },
    },
  };
  return [
    {
      kind: 'yaml',
      what: 'Create a waypoint, and let all services of the namespace use it.',
      yaml: `${formatYaml(gateway)}---\n${formatYaml(labelled)}`,
    },
    {
      kind: 'command',
      what: 'The same with istioctl.',
      command: `istioctl waypoint apply -n ${namespace} --enroll-namespace`,
    },
  ];
}
