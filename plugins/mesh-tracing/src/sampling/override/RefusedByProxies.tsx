import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ProxyAcceptance } from 'backstage-plugin-mesh-tracing-common';
import { FindingList } from '../../shared/notes/FindingList';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

/** Tells that proxies refused their configuration; nothing when none did. */
export function RefusedByProxies(props: {
  acceptance?: ProxyAcceptance;
  /** Whether the portal's own override is there to be reverted. */
  revertible: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { acceptance, revertible } = props;
  if (acceptance?.state !== 'refused') {
    return null;
  }
  const refusals = acceptance.behind.filter(({ refused }) => refused);
  return (
    <FindingList
      findings={[
        {
          severity: 'error',
          code: 'refused-by-proxies',
          what: t('acceptance.refused', {
            pods: refusals.map(({ pod }) => pod).join(', '),
            message: refusals[0]?.message ?? '',
          }),
          whatToDo: revertible
            ? t('acceptance.refusedWhatToDo')
            : t('acceptance.refusedElsewhere'),
        },
      ]}
    />
  );
}
