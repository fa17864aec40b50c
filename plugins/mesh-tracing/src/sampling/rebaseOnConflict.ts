import type {
  ConflictDetails,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import type { OverrideDraft } from './overrideDraft';
import { viewOfYaml } from './overrideYaml';
import { rebaseDraft, withOverride } from './rebaseDraft';

/** A form after a conflict, and the workload as the conflict shows it. */
export function rebaseOnConflict(
  { currentYaml }: Pick<ConflictDetails, 'currentYaml'>,
  draft: OverrideDraft,
  seen: WorkloadTracing,
): { rebased: OverrideDraft; current: WorkloadTracing } {
  const current = withOverride(seen, draft.scope, viewOfYaml(currentYaml));
  return { rebased: rebaseDraft(draft, seen, current), current };
}
