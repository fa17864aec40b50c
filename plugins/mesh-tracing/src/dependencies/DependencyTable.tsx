import { Badge } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  EntityName,
  ErrorCount,
  formatCount,
  formatDuration,
  formatShare,
  SeverityIcon,
  StateMessage,
} from '../shared';
import { meshTracingTranslationRef } from '../translation';
import styles from './DependenciesView.module.css';
import { isIdle, isUndeclared, type Neighbour } from './neighbourhood';

/** Callers or callees with calls, errors and latency. */
export function DependencyTable(props: {
  title: string;
  empty: string;
  neighbours: Neighbour[];
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (props.neighbours.length === 0) {
    return <StateMessage kind="empty" title={props.empty} />;
  }
  return (
    <table className={styles.table} aria-label={props.title}>
      <thead>
        <tr>
          <th scope="col">{t('dependencies.service')}</th>
          <th scope="col" className={styles.number}>
            {t('dependencies.calls')}
          </th>
          <th scope="col" className={styles.number}>
            {t('latency.errorRate')}
          </th>
          <th scope="col" className={styles.number}>
            p50
          </th>
          <th scope="col" className={styles.number}>
            p95
          </th>
          <th scope="col">{t('dependencies.known')}</th>
        </tr>
      </thead>
      <tbody>
        {props.neighbours.map(neighbour => (
          <DependencyRow key={neighbour.id} neighbour={neighbour} />
        ))}
      </tbody>
    </table>
  );
}

function DependencyRow({ neighbour }: { neighbour: Neighbour }) {
  const { node, edge } = neighbour;
  return (
    <tr>
      <th scope="row">
        <EntityName entityRef={node.entityRef} name={node.name} />
        <div className={styles.note}>
          {[
            node.entityRef && node.name,
            node.workload?.namespace,
            edge.protocol !== 'unknown' && edge.protocol,
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </th>
      <td className={styles.number}>
        {isIdle(neighbour) ? '–' : formatCount(edge.callCount)}
      </td>
      <td className={styles.number}>
        {edge.source === 'traces'
          ? formatShare(edge.errorCount, edge.callCount)
          : '–'}
        {edge.errorCount > 0 && (
          <div>
            <ErrorCount count={edge.errorCount} />
          </div>
        )}
      </td>
      <td className={styles.number}>{durationOf(edge.p50Us)}</td>
      <td className={styles.number}>{durationOf(edge.p95Us)}</td>
      <td>
        <Known neighbour={neighbour} />
      </td>
    </tr>
  );
}

/** Which sources know of the calls, and where traffic and catalog disagree. */
function Known({ neighbour }: { neighbour: Neighbour }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { edge, node } = neighbour;
  return (
    <span className={styles.badges}>
      {edge.source === 'traces' && <Badge>{t('dependencies.observed')}</Badge>}
      {edge.source === 'store' && <Badge>{t('dependencies.index')}</Badge>}
      {edge.declared && <Badge>{t('dependencies.declared')}</Badge>}
      {node.kind === 'external' && <Badge>{t('dependencies.external')}</Badge>}
      {isIdle(neighbour) && <Mark text={t('dependencies.noTraffic')} />}
      {isUndeclared(neighbour) && <Mark text={t('dependencies.notDeclared')} />}
    </span>
  );
}

/** Traffic and catalog disagree. */
function Mark({ text }: { text: string }) {
  return (
    <span className={styles.mark}>
      <SeverityIcon severity="warning" size={13} />
      {text}
    </span>
  );
}

function durationOf(durationUs: number | null): string {
  return durationUs === null ? '–' : formatDuration(durationUs);
}
