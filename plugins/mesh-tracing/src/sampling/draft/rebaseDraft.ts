import type {
  OverrideScope,
  OverrideView,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { draftOf, type OverrideDraft } from './overrideDraft';
import { overrideOfScope } from './overridesOf';

/** What a person decides as one, and the fields of the form that hold it. */
const DECISIONS: ReadonlyArray<ReadonlyArray<keyof OverrideDraft>> = [
  ['changesSampling', 'samplingPercent'],
  ['changesTags', 'tags'],
  ['provider'],
  ['disableSpanReporting'],
  ['disableContextPropagation'],
  ['reason'],
];

/** A workload as it is with another override of that scope in force. */
export function withOverride(
  item: WorkloadTracing,
  scope: OverrideScope,
  override: OverrideView | undefined,
): WorkloadTracing {
  const others = (item.wideOverrides ?? []).filter(
    wide => wide.scope !== scope,
  );
  return scope === 'workload'
    ? { ...item, override: override ?? null }
    : { ...item, wideOverrides: override ? [...others, override] : others };
}

/**
 * A form after someone else has changed the override: what its user entered
 * stays, what they left alone follows the override as it is now.
 *
 * @param seen - the workload as it was when the form was begun
 * @param current - the same with the override that is there now
 */
export function rebaseDraft(
  draft: OverrideDraft,
  seen: WorkloadTracing,
  current: WorkloadTracing,
): OverrideDraft {
  const was = draftOf(seen, draft.scope);
  const before = overrideOfScope(seen, draft.scope);
  const after = overrideOfScope(current, draft.scope);
  // Of a removed override nothing is in force any more.
  const is = draftOf(current, draft.scope, after ? undefined : before);
  const followed = DECISIONS.filter(fields =>
    fields.every(
      field => JSON.stringify(draft[field]) === JSON.stringify(was[field]),
    ),
  ).flat();
  return {
    ...draft,
    ...Object.fromEntries(followed.map(field => [field, is[field]])),
  };
}
