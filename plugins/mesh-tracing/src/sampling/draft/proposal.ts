import {
  formatWorkloadRef,
  scopeOfTarget,
  isSameWorkload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  HistoryEntry,
  OverrideScope,
  OverrideSettings,
  TracingResponse,
  WorkloadRef,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { isTraced } from './isTraced';
import { mayChange } from './mayChange';
import { setsTagsOf } from './overrideContent';
import { draftOf, type OverrideDraft } from './overrideDraft';
import { tagDrafts } from './tagDraft';

/** Settings of the past for a form to start from. */
export interface Proposal {
  /** {@link formatWorkloadRef} of the workload whose form it is. */
  workload: string;
  scope: OverrideScope;
  settings: OverrideSettings;
}

/**
 * What applying an event's settings again would start from; undefined where the
 * event has none, is not about these workloads, or the user may not.
 */
export function proposalOf(
  entry: HistoryEntry,
  { workloads, ability }: TracingResponse,
): Proposal | undefined {
  const scope = scopeOfTarget(entry.workload);
  const item = workloads.find(
    candidate =>
      isTraced(candidate) && reaches(scope, entry.workload, candidate.workload),
  );
  return entry.settings && item && mayChange(ability, scope)
    ? {
        workload: formatWorkloadRef(item.workload),
        scope,
        settings: entry.settings,
      }
    : undefined;
}

/** A form that starts from a proposal; its end and its reason are new. */
export function draftOfProposal(
  item: WorkloadTracing,
  { scope, settings }: Proposal,
): OverrideDraft {
  const started = draftOf(item, scope);
  const changesTags = setsTagsOf(settings);
  return {
    ...started,
    provider: settings.provider ?? '',
    disableSpanReporting: settings.disableSpanReporting,
    disableContextPropagation: settings.disableContextPropagation,
    changesSampling: settings.samplingPercent !== null,
    samplingPercent: settings.samplingPercent ?? started.samplingPercent,
    changesTags,
    tags: changesTags ? tagDrafts(settings.customTags) : started.tags,
    reason: '',
  };
}

function reaches(
  scope: OverrideScope,
  target: WorkloadRef,
  workload: WorkloadRef,
): boolean {
  switch (scope) {
    case 'mesh':
      return target.cluster === workload.cluster;
    case 'namespace':
      return (
        target.cluster === workload.cluster &&
        target.namespace === workload.namespace
      );
    default:
      return isSameWorkload(target, workload);
  }
}
