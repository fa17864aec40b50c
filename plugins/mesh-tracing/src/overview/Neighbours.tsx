import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DependenciesResponse } from 'backstage-plugin-mesh-tracing-common';
import { Fragment } from 'react';
import { isEstimated, mostTelling } from '../dependencies';
import { ErrorCount } from '../shared/figures/ErrorCount';
import { formatDuration } from '../shared/figures/format';
import { EntityName } from '../shared/names/EntityName';
import { useAboutText } from '../shared/sample/useAboutText';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './Neighbours.module.css';

/** Callers, and as many callees. */
const SHOWN = 5;

/**
 * The most frequent callers or callees; one with failed calls is never left out for
 * another.
 */
export function Neighbours(props: {
  dependencies: DependenciesResponse;
  direction: 'inbound' | 'outbound';
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const aboutText = useAboutText();
  const { nodes, edges, traced } = props.dependencies;
  const inbound = props.direction === 'inbound';
  const shown = mostTelling(
    edges
      .filter(edge => edge.direction === props.direction)
      .sort((a, b) => b.callCount - a.callCount)
      .map(edge => ({ edge })),
    SHOWN,
  ).map(({ edge }) => edge);
  return (
    <div className={styles.neighbours}>
      <h3 className={styles.title}>
        {inbound ? t('overview.inbound') : t('overview.outbound')}
      </h3>
      {shown.length === 0 && (
        <div className={styles.calls}>
          {inbound ? t('overview.noInbound') : t('overview.noOutbound')}
        </div>
      )}
      <ul className={styles.list}>
        {shown.map(edge => {
          const id = inbound ? edge.from : edge.to;
          const node = nodes.find(candidate => candidate.id === id);
          return (
            <li key={id} className={styles.item}>
              <EntityName entityRef={node?.entityRef} name={node?.name ?? id} />
              {node?.otherEntityRefs?.map(ref => (
                <Fragment key={ref}>
                  {' / '}
                  <EntityName entityRef={ref} name={ref} />
                </Fragment>
              ))}
              <span className={styles.calls}>
                {edge.source === 'declared'
                  ? t(
                      traced
                        ? 'overview.declaredOnly'
                        : 'overview.declaredUntraced',
                    )
                  : t('overview.calls', {
                      count: edge.callCount,
                      total: aboutText(
                        edge.callCount,
                        isEstimated(edge, props.dependencies.sample),
                        edge.estimate?.count,
                      ),
                    })}
                {edge.p95Us !== null && (
                  <>
                    {' · '}
                    {t('overview.p95', { value: formatDuration(edge.p95Us) })}
                  </>
                )}
                {edge.errorCount > 0 && (
                  <>
                    {' · '}
                    <ErrorCount
                      count={edge.errorCount}
                      failures={edge.failures}
                      isEstimate={isEstimated(edge, props.dependencies.sample)}
                    />
                  </>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
