import { Fragment } from 'react';
import { Badge } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ErrorCount } from '../shared/figures/ErrorCount';
import {
  FigureCell,
  FigureNote,
  FigureTable,
} from '../shared/figures/FigureTable';
import { formatShare } from '../shared/figures/format';
import { EntityName } from '../shared/names/EntityName';
import { SeverityIcon } from '../shared/notes/SeverityIcon';
import { EstimatedDuration } from '../shared/sample/EstimatedDuration';
import { formatShareBounds } from '../shared/sample/estimates';
import { useAboutText } from '../shared/sample/useAboutText';
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
              isEstimate={neighbour.isEstimate}
            />
          ))}
        </Fragment>
      ))}
    </FigureTable>
  );
}

function DependencyRow({ neighbour }: { neighbour: Neighbour }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const aboutText = useAboutText();
  const { node, edge } = neighbour;
  const { estimate } = edge;
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
        {isIdle(neighbour)
          ? '–'
          : aboutText(edge.callCount, neighbour.isEstimate, estimate?.count)}
      </FigureCell>
      <FigureCell>
        {edge.source === 'traces' ? <CallErrors of={edge} /> : '–'}
        {edge.errorCount > 0 && (
          <div>
            <ErrorCount
              count={edge.errorCount}
              failures={edge.failures}
              isEstimate={neighbour.isEstimate}
            />
          </div>
        )}
      </FigureCell>
      <FigureCell>
        <EstimatedDuration valueUs={edge.p50Us} bounds={estimate?.p50Us} />
      </FigureCell>
      <FigureCell>
        <EstimatedDuration valueUs={edge.p95Us} bounds={estimate?.p95Us} />
      </FigureCell>
      <td>
        <Known neighbour={neighbour} />
      </td>
    </tr>
  );
}

/** One version or workload of the neighbour above. */
function PartRow(props: { part: Part; isEstimate: boolean }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const aboutText = useAboutText();
  const { part, isEstimate } = props;
  const { estimate } = part;
  const what = [
    part.version && t('dependencies.version', { version: part.version }),
    part.workload ?? (!part.version && part.name),
    part.clusterId && t('dependencies.inCluster', { cluster: part.clusterId }),
  ];
  return (
    <tr className={styles.part}>
      <th scope="row">{what.filter(Boolean).join(' · ')}</th>
      <FigureCell>
        {aboutText(part.callCount, isEstimate, estimate?.count)}
      </FigureCell>
      <FigureCell>
        <CallErrors of={part} />
        {part.errorCount > 0 && (
          <div>
            <ErrorCount
              count={part.errorCount}
              failures={part.failures}
              isEstimate={isEstimate}
            />
          </div>
        )}
      </FigureCell>
      <FigureCell>
        <EstimatedDuration valueUs={part.p50Us} bounds={estimate?.p50Us} />
      </FigureCell>
      <FigureCell>
        <EstimatedDuration valueUs={part.p95Us} bounds={estimate?.p95Us} />
      </FigureCell>
      <td />
    </tr>
  );
}

/** The share of failed calls, with its bounds where it is an estimate. */
function CallErrors({ of: calls }: { of: Neighbour['edge'] | Part }) {
  const { errorCount, callCount, estimate } = calls;
  const bounds = estimate && formatShareBounds(estimate.errorRate);
  return (
    <>
      {formatShare(errorCount, callCount)}
      {bounds && <FigureNote>({bounds})</FigureNote>}
    </>
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
