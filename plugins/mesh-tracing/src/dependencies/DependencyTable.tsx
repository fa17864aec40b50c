import { Badge } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  EntityName,
  ErrorCount,
  FigureCell,
  FigureNote,
  FigureTable,
  formatCount,
  formatDuration,
  formatOrDash,
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
    <FigureTable
      label={props.title}
      columns={[
        { name: t('dependencies.service'), isText: true },
        { name: t('dependencies.calls') },
        { name: t('latency.errorRate') },
        { name: 'p50' },
        { name: 'p95' },
        { name: t('dependencies.known'), isText: true },
      ]}
    >
      {props.neighbours.map(neighbour => (
        <DependencyRow key={neighbour.id} neighbour={neighbour} />
      ))}
    </FigureTable>
  );
}

function DependencyRow({ neighbour }: { neighbour: Neighbour }) {
  const { node, edge } = neighbour;
  return (
    <tr>
      <th scope="row">
        <EntityName entityRef={node.entityRef} name={node.name} />
        <FigureNote>
          {[
            node.entityRef && node.name,
            node.workload?.namespace,
            edge.protocol !== 'unknown' && edge.protocol,
          ]
            .filter(Boolean)
            .join(' · ')}
        </FigureNote>
      </th>
      <FigureCell>
        {isIdle(neighbour) ? '–' : formatCount(edge.callCount)}
      </FigureCell>
      <FigureCell>
        {edge.source === 'traces'
          ? formatShare(edge.errorCount, edge.callCount)
          : '–'}
        {edge.errorCount > 0 && (
          <div>
            <ErrorCount count={edge.errorCount} />
          </div>
        )}
      </FigureCell>
      <FigureCell>{formatOrDash(edge.p50Us, formatDuration)}</FigureCell>
      <FigureCell>{formatOrDash(edge.p95Us, formatDuration)}</FigureCell>
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
