import {
  checkCustomTags,
  gitOpsOwner,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  EffectiveTracing,
  Finding,
  GitOpsOwner,
  MeshTracingInputs,
  OverrideRequest,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import { describeOwner, toolName } from './describeOwner';
import type { SamplingConfig } from './SamplingConfig';

/** What the user should know of a change, besides whether it is allowed. */
export function planFindings(options: {
  snapshot: MeshSnapshot;
  inputs: MeshTracingInputs;
  workload: Workload;
  request: OverrideRequest;
  after: EffectiveTracing;
  tags: SamplingConfig['customTags'];
}): Finding[] {
  const { snapshot, request, workload } = options;
  return [
    ...staleness(snapshot),
    ...tagFindings(options),
    ...gitOpsFindings(options),
    ...(request.samplingPercent === null ? [] : firstHopFindings(workload)),
  ];
}

function staleness(snapshot: MeshSnapshot): Finding[] {
  return snapshot.state === 'stale'
    ? [
        {
          severity: 'warning',
          code: 'cluster-stale',
          what: `The view of cluster '${snapshot.cluster}' is old, since its watch is broken; other workloads may have changed.`,
          whatToDo: 'Wait until the watch is open again, or look twice.',
        },
      ]
    : [];
}

function tagFindings(options: {
  workload: Workload;
  request: OverrideRequest;
  after: EffectiveTracing;
  tags: SamplingConfig['customTags'];
}): Finding[] {
  const { workload, request, after, tags } = options;
  const environments = workload.pods.map(pod => pod.proxyEnvironment);
  return checkCustomTags(request.customTags ?? {}, tags, {
    proxyVersion: workload.proxyVersion,
    proxyEnvironment: environments.every(Boolean) ? environments[0] : undefined,
    maxTagLength: (after.server ?? after.client)?.provider.value?.maxTagLength,
  }).findings;
}

function gitOpsFindings(options: {
  inputs: MeshTracingInputs;
  after: EffectiveTracing;
}): Finding[] {
  return options.after.chain.flatMap(link => {
    const telemetry = options.inputs.telemetries.find(
      ({ metadata }) =>
        metadata.name === link.name && metadata.namespace === link.namespace,
    );
    const owner = telemetry && gitOpsOwner(telemetry.metadata);
    const ref = `${link.namespace}/${link.name}`;
    return owner
      ? [
          {
            severity: 'info' as const,
            code: 'chain-managed',
            what: `${ref} is managed by ${describeOwner(
              owner,
            )}; the override stands beside it and does not change it. ${pruning(
              owner,
            )}`,
            whatToDo: `For a lasting change, change ${ref} where ${toolName(
              owner,
            )} gets it from.`,
            resources: [ref],
          },
        ]
      : [];
  });
}

/** All three delete only what they themselves track or installed. */
function pruning(owner: GitOpsOwner): string {
  const name = toolName(owner);
  return owner.tool === 'helm'
    ? `${name} deletes only objects of its releases, so the override stays; should a chart bring one of the same name, its installation fails until the override is gone.`
    : `${name} deletes only objects that it tracks, so the override stays; should its source later hold one of the same name, that one wins.`;
}

/** Istio issues 30809 and 51004: the first proxy decides. */
function firstHopFindings(workload: Workload): Finding[] {
  return workload.proxy === 'gateway'
    ? []
    : [
        {
          severity: 'info',
          code: 'sampling-first-hop',
          what: 'Sampling here takes effect for requests that start at this workload; requests that arrive with a trace decision keep it.',
          whatToDo:
            'To trace more of what comes through a gateway, change the sampling of the gateway.',
        },
      ];
}
