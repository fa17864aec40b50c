import {
  checkCustomTags,
  gitOpsOwner,
  decidingSide,
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
import { describeOwner, toolName } from '../model/describeOwner';
import { repositoryFindings } from '../model/repositoryRule';
import type { RepositoryRule } from '../model/repositoryRule';
import type { SamplingConfig } from '../config/SamplingConfig';

/** What the user should know of a change, besides whether it is allowed. */
export function planFindings(options: {
  snapshot: MeshSnapshot;
  inputs: MeshTracingInputs;
  /** Where the object would stand. */
  namespace: string;
  repository: RepositoryRule | undefined;
  /** All workloads that the change concerns. */
  touched: readonly Workload[];
  request: OverrideRequest;
  after: EffectiveTracing;
  config: SamplingConfig;
}): Finding[] {
  return [
    ...staleness(options.snapshot),
    ...repositoryFindings(options),
    ...tagFindings(options),
    ...gitOpsFindings(options),
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
  touched: readonly Workload[];
  request: OverrideRequest;
  after: EffectiveTracing;
  config: SamplingConfig;
}): Finding[] {
  const { touched, request, after, config } = options;
  return checkCustomTags(request.customTags ?? {}, config.customTags, {
    workloads: touched,
    maxTagLength: decidingSide(after)?.maxTagLength.value,
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

/**
 * What the tool's pruning does to an override. Argo CD and Flux delete only
 * what they track, Helm only what it installed.
 */
function pruning(owner: GitOpsOwner): string {
  const name = toolName(owner);
  return owner.tool === 'helm'
    ? `${name} deletes only objects of its releases, so the override stays; should a chart bring one of the same name, its installation fails until the override is gone.`
    : `${name} deletes only objects that it tracks, so the override stays; should its source later hold one of the same name, that one wins.`;
}
