import { Alert } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PreviewResponse } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../translation';

/** How many workloads of how many owners a wide change reaches. */
export function PreviewReach({ preview }: { preview: PreviewResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { reach, changes } = preview;
  if (!reach) {
    return null;
  }
  const [only, ...more] = reach.namespaces;
  const notes = [
    reach.owners.length > 0 &&
      t('preview.reachOwners', { names: reach.owners.join(', ') }),
    reach.unowned > 0 &&
      t('preview.reachUnowned', { total: String(reach.unowned) }),
    changes.length < reach.workloads &&
      t('preview.reachRest', { total: String(changes.length) }),
  ].filter(Boolean);
  return (
    <Alert
      status="warning"
      icon
      title={t('preview.reach', {
        changed: String(reach.changed),
        workloads: String(reach.workloads),
        owners: String(reach.owners.length),
        where:
          only !== undefined && more.length === 0
            ? t('preview.inNamespace', { name: only })
            : t('preview.inMesh', { total: String(reach.namespaces.length) }),
      })}
      description={notes.join(' ')}
    />
  );
}
