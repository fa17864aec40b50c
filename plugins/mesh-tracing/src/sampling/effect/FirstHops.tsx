import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FirstHop } from 'backstage-plugin-mesh-tracing-common';
import { EntityName } from '../../shared/names/EntityName';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

/**
 * The services where the traces start, with their owners: their number is decided
 * there.
 */
export function FirstHops({ firstHops }: { firstHops: FirstHop[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return firstHops.length === 0 ? null : (
    <div>
      {t('effect.firstHops')}{' '}
      {firstHops.map(({ service, entityRef, ownerRefs }, index) => (
        <span key={service}>
          {index > 0 && ', '}
          <EntityName entityRef={entityRef} name={service} />
          {ownerRefs.length > 0 && (
            <>
              {' ('}
              {t('effect.owner')}{' '}
              <EntityRefLinks entityRefs={ownerRefs} hideIcons />)
            </>
          )}
        </span>
      ))}
    </div>
  );
}
