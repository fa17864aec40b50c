import type {
  ConflictDetails,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import type { OverrideDraft } from '../draft/overrideDraft';
import { rebaseDraft, withOverride } from '../draft/rebaseDraft';
import { viewOfYaml } from './overrideYaml';

/** A form after a conflict, and the workload as the conflict shows it. */
export function rebaseOnConflict(
  { currentYaml }: Pick<ConflictDetails, 'currentYaml'>,
  draft: OverrideDraft,
  seen: WorkloadTracing,
): { rebased: OverrideDraft; current: WorkloadTracing } {
  const current = withOverride(seen, draft.scope, viewOfYaml(currentYaml));
  return { rebased: rebaseDraft(draft, seen, current), current };
}
