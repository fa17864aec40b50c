import { Alert } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import type { PreviewResponse } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

/** How many workloads of how many owners a wide change reaches. */
export function PreviewReach({ preview }: { preview: PreviewResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { reach, changes } = preview;
  if (!reach) {
    return null;
  }
  const [only, ...more] = reach.namespaces;
  const notes = [
    reach.unowned > 0 &&
      t('preview.reachUnowned', { total: String(reach.unowned) }),
    changes.length < reach.workloads &&
      t('preview.reachRest', { total: String(changes.length) }),
  ].filter(Boolean);
  return (
    <Alert
      status="warning"
      icon
      title={
        reach.changed === 0
          ? t('preview.reachNone', { workloads: String(reach.workloads) })
          : t('preview.reach', {
              count: reach.owners.length,
              changed: String(reach.changed),
              workloads: String(reach.workloads),
              owners: String(reach.owners.length),
              where:
                more.length === 0
                  ? t('preview.inNamespace', { name: only ?? '' })
                  : t('preview.inMesh', {
                      total: String(reach.namespaces.length),
                    }),
            })
      }
      description={
        <>
          {reach.owners.length > 0 && (
            <>
              {t('preview.reachOwners')}{' '}
              <EntityRefLinks entityRefs={reach.owners} hideIcons />
              {'. '}
            </>
          )}
          {notes.join(' ')}
        </>
      }
    />
  );
}
