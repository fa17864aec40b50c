import { Alert } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ClusterState } from 'backstage-plugin-mesh-tracing-common';
import { formatTime } from '../figures/format';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';

/** What must be known of the clusters: simulated, stale, partly unreadable. */
export function ClusterBanners({ clusters }: { clusters: ClusterState[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <>
      {clusters.some(cluster => cluster.simulated) && (
        <Alert status="info" icon title={t('clusters.simulated')} />
      )}
      {clusters
        .filter(cluster => cluster.state !== 'synced')
        .map(cluster => (
          <Alert
            key={cluster.name}
            status="warning"
            icon
            title={t(
              cluster.state === 'stale'
                ? 'clusters.staleTitle'
                : 'clusters.syncingTitle',
              { name: cluster.name },
            )}
            description={
              cluster.state === 'stale' && cluster.syncedAtMs !== undefined
                ? t('clusters.stale', { at: formatTime(cluster.syncedAtMs) })
                : t('clusters.syncing')
            }
          />
        ))}
      {clusters.flatMap(cluster =>
        cluster.problems.map(problem => (
          <Alert
            key={`${cluster.name} ${problem.what}`}
            status="warning"
            icon
            title={t('clusters.problem', {
              name: cluster.name,
              what: problem.what,
            })}
            description={`${problem.message} ${problem.whatToDo}`}
          />
        )),
      )}
    </>
  );
}
