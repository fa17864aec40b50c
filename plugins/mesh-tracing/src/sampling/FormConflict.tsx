import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ConflictDetails,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../translation';
import { ConflictPanel } from './ConflictPanel';
import { contentOfRequest } from './overrideContent';
import {
  overrideOfScope,
  requestOf,
  type OverrideDraft,
} from './overrideDraft';
import { viewOfYaml } from './overrideYaml';
import { rebaseDraft, withOverride } from './rebaseDraft';

/** A conflict of the form: what its user left alone follows what is there now. */
export function FormConflict(props: {
  error?: unknown;
  conflict: ConflictDetails;
  draft: OverrideDraft;
  /** The workload as it was when the form was begun. */
  seen: WorkloadTracing;
  onAgain: (rebased: OverrideDraft, current: WorkloadTracing) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { conflict, draft, seen } = props;
  const current = withOverride(
    seen,
    draft.scope,
    viewOfYaml(conflict.currentYaml),
  );
  const rebased = rebaseDraft(draft, seen, current);
  return (
    <ConflictPanel
      error={props.error}
      conflict={conflict}
      base={
        viewOfYaml(conflict.baseYaml) ??
        overrideOfScope(seen, draft.scope) ??
        null
      }
      mine={contentOfRequest(requestOf(seen, rebased, Date.now()))}
      note={t('conflict.kept')}
      againLabel={t('conflict.again')}
      onAgain={() => props.onAgain(rebased, current)}
    />
  );
}
