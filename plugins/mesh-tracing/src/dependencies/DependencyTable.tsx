import { Fragment } from 'react';
import { Badge } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ErrorCount } from '../shared/figures/ErrorCount';
import {
  FigureCell,
  FigureNote,
  FigureTable,
} from '../shared/figures/FigureTable';
import {
  formatCount,
  formatDuration,
  formatOrDash,
  formatShare,
} from '../shared/figures/format';
import { EntityName } from '../shared/names/EntityName';
import { SeverityIcon } from '../shared/notes/SeverityIcon';
import { StateMessage } from '../shared/states/StateMessage';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './DependenciesView.module.css';
import {
  isIdle,
  isUndeclared,
  type Neighbour,
  type Part,
} from './neighbourhood';

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
        <Fragment key={neighbour.id}>
          <DependencyRow neighbour={neighbour} />
          {neighbour.edge.parts?.map(part => (
            <PartRow
              key={`${part.clusterId} ${part.name} ${part.version} ${part.workload}`}
              part={part}
            />
          ))}
        </Fragment>
      ))}
    </FigureTable>
  );
}

function DependencyRow({ neighbour }: { neighbour: Neighbour }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
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
          <AlsoClaimed entityRefs={node.otherEntityRefs ?? []} />
        </FigureNote>
        {node.likelyEntityRef && (
          <FigureNote>
            {t('dependencies.likely')}{' '}
            <EntityName
              entityRef={node.likelyEntityRef}
              name={node.likelyEntityRef}
            />
            {'. '}
            {t('dependencies.likelyWhatToDo', { name: node.name })}
          </FigureNote>
        )}
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
            <ErrorCount count={edge.errorCount} failures={edge.failures} />
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

/** One version or workload of the neighbour above. */
function PartRow({ part }: { part: Part }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const what = [
    part.version && t('dependencies.version', { version: part.version }),
    part.workload ?? (!part.version && part.name),
    part.clusterId && t('dependencies.inCluster', { cluster: part.clusterId }),
  ];
  return (
    <tr className={styles.part}>
      <th scope="row">{what.filter(Boolean).join(' · ')}</th>
      <FigureCell>{formatCount(part.callCount)}</FigureCell>
      <FigureCell>
        {formatShare(part.errorCount, part.callCount)}
        {part.errorCount > 0 && (
          <div>
            <ErrorCount count={part.errorCount} failures={part.failures} />
          </div>
        )}
      </FigureCell>
      <FigureCell>{formatOrDash(part.p50Us, formatDuration)}</FigureCell>
      <FigureCell>{formatOrDash(part.p95Us, formatDuration)}</FigureCell>
      <td />
    </tr>
  );
}

/** Further entities of the catalog that name the same workload. */
function AlsoClaimed({ entityRefs }: { entityRefs: string[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return entityRefs.length === 0 ? null : (
    <div>
      {t('dependencies.also')}{' '}
      {entityRefs.map((entityRef, index) => (
        <Fragment key={entityRef}>
          {index > 0 && ', '}
          <EntityName entityRef={entityRef} name={entityRef} />
        </Fragment>
      ))}
    </div>
  );
}

/** Which sources know of the calls, and where traffic and catalog disagree. */
function Known({ neighbour }: { neighbour: Neighbour }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { edge, node } = neighbour;
  return (
    <span className={styles.badges}>
      {edge.source === 'traces' && (
        <Badge>
          {edge.toldBy ? t('dependencies.toldBy') : t('dependencies.observed')}
        </Badge>
      )}
      {edge.source === 'store' && <Badge>{t('dependencies.index')}</Badge>}
      {edge.declared && <Badge>{t('dependencies.declared')}</Badge>}
      {node.kind === 'external' && <Badge>{t('dependencies.external')}</Badge>}
      {isIdle(neighbour) && (
        <Mark
          text={
            neighbour.traced
              ? t('dependencies.noTraffic')
              : t('dependencies.notTraced')
          }
        />
      )}
      {isUndeclared(neighbour) && <Mark text={t('dependencies.notDeclared')} />}
    </span>
  );
}

/** Marks where traffic and catalog disagree. */
function Mark({ text }: { text: string }) {
  return (
    <span className={styles.mark}>
      <SeverityIcon severity="warning" size={13} />
      {text}
    </span>
  );
}
