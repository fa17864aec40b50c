import { Alert } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { WorkloadTracing } from 'backstage-plugin-mesh-tracing-common';
import { InView } from '../../shared/focus/InView';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { overrideOfUid } from '../draft/overridesOf';
import { useEffectSummary } from '../effect/useEffectTexts';
import type { OverrideFlow } from './OverrideFlow';

/**
 * Tells that a change was applied, which the API server said, or is live, which the
 * watch has seen.
 */
export function AppliedNotice(props: {
  flow: OverrideFlow;
  item: WorkloadTracing;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { flow, item } = props;
  const summaryOf = useEffectSummary();
  if (flow.step !== 'applied') {
    return null;
  }
  const { effect } = flow;
  const { override, warnings } = flow.applied;
  const live =
    override.live || overrideOfUid(item, override.uid)?.live === true;
  return (
    <InView>
      <Alert
        role="status"
        status="success"
        icon
        isPending={!live}
        title={live ? t('override.live') : t('override.applied')}
        description={
          live
            ? [
                effect ? summaryOf(effect) : t('override.liveNote'),
                ...warnings,
              ].join(' ')
            : [t('override.appliedNote'), ...warnings].join(' ')
        }
      />
    </InView>
  );
}
