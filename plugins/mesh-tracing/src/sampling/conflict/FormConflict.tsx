import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ConflictDetails,
  SamplingAbility,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { contentOfRequest } from '../draft/overrideContent';
import { type OverrideDraft } from '../draft/overrideDraft';
import { overrideOfScope } from '../draft/overridesOf';
import { requestOf } from '../draft/requestOf';
import { validateDraft } from '../draft/validateDraft';
import { ConflictPanel } from './ConflictPanel';
import { viewOfYaml } from './overrideYaml';
import { rebaseOnConflict } from './rebaseOnConflict';

/** A conflict of the form: what its user left alone follows what is there now. */
export function FormConflict(props: {
  error?: unknown;
  conflict: ConflictDetails;
  draft: OverrideDraft;
  /** The workload as it was when the form was begun. */
  seen: WorkloadTracing;
  ability: SamplingAbility;
  onAgain: (rebased: OverrideDraft, current: WorkloadTracing) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { conflict, draft, seen } = props;
  const { rebased, current } = rebaseOnConflict(conflict, draft, seen);
  const nowMs = Date.now();
  const isValid =
    Object.keys(validateDraft(rebased, props.ability, nowMs)).length === 0;
  return (
    <ConflictPanel
      error={props.error}
      conflict={conflict}
      base={
        viewOfYaml(conflict.baseYaml) ??
        overrideOfScope(seen, draft.scope) ??
        null
      }
      mine={
        isValid ? contentOfRequest(requestOf(seen, rebased, nowMs)) : undefined
      }
      note={t('conflict.kept')}
      againLabel={t('conflict.again')}
      onAgain={() => props.onAgain(rebased, current)}
    />
  );
}
