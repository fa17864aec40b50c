import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  headlineSides,
  spanReporting,
  type WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { Panel } from '../../shared/layout/Panel';
import { FindingList } from '../../shared/notes/FindingList';
import { StateMessage } from '../../shared/states/StateMessage';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { useNotTracedText } from '../fields/useNotTracedText';
import { AmbientRoutes } from './AmbientRoutes';
import { IgnoredTelemetries } from './IgnoredTelemetries';
import { Ladder } from './Ladder';
import { ladderSides } from './rungs';
import styles from './WorkloadLadder.module.css';

/** Effective tracing of one workload: what is in force, and why. */
export function WorkloadLadder(props: {
  item: WorkloadTracing;
  resources: Record<string, string>;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { workload, binding, effective } = props.item;
  const findings = [...effective.findings, ...(binding?.findings ?? [])];
  const sides = ladderSides(effective);
  const sideNames = useSideNames();
  return (
    <Panel
      title={t('ladder.title', { name: workload.name })}
      note={t('ladder.where', {
        kind: workload.kind,
        namespace: workload.namespace,
        cluster: workload.cluster,
        proxy: proxyName(props.item),
        version: workload.proxyVersion ?? '–',
      })}
    >
      <div className={styles.parts}>
        <Lead item={props.item} isSplit={sides.length > 1} />
        {findings.length > 0 && <FindingList findings={findings} />}
        {effective.ambient && <AmbientRoutes ambient={effective.ambient} />}
        {sides.length === 0 && (
          <NoProxy isAmbient={workload.ambient === true} />
        )}
        {sides.map(({ name, side }) => (
          <div key={name}>
            {sides.length > 1 && (
              <h3 className={styles.side}>{sideNames[name]}</h3>
            )}
            <Ladder
              title={`${workload.name}: ${sideNames[name]}`}
              side={side}
              cluster={workload.cluster}
              resources={props.resources}
            />
          </div>
        ))}
        <IgnoredTelemetries
          ignored={effective.ignored}
          cluster={workload.cluster}
          resources={props.resources}
        />
      </div>
    </Panel>
  );
}

/** Its own proxy, or the waypoint that traces in its place. */
function proxyName({ workload, effective }: WorkloadTracing): string {
  const waypoint = effective.ambient?.routes.find(
    ({ state }) => state === 'waypoint',
  )?.waypoint;
  return waypoint
    ? `waypoint ${waypoint.namespace}/${waypoint.name}`
    : workload.proxy;
}

/** What decides for the workload, in sentences. */
function Lead(props: {
  item: WorkloadTracing;
  /** Its sides are shown each for itself. */
  isSplit: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { effective, explanations, workload } = props.item;
  const reporting = spanReporting(effective);
  const notTracedText = useNotTracedText();
  const sideNames = useSideNames();
  return (
    <div className={styles.lead}>
      {explanations.path}
      {reporting !== 'reported' && (
        <div>
          <strong>
            {t('verdict.notTraced', {
              why: notTracedText(reporting, workload.ambient),
            })}
          </strong>
        </div>
      )}
      {headlineSides(effective).map(({ side }) => (
        <div key={side}>
          <strong>
            {t('ladder.samplingPercent')}
            {props.isSplit && `, ${sideNames[side]}`}
            {': '}
          </strong>
          {explanations[`${side}.samplingPercent`]}
        </div>
      ))}
    </div>
  );
}

function NoProxy({ isAmbient }: { isAmbient: boolean }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <StateMessage
      kind="empty"
      title={t(isAmbient ? 'ladder.ambientTitle' : 'ladder.noProxyTitle')}
      whatToDo={t(
        isAmbient ? 'ladder.ambientWhatToDo' : 'ladder.noProxyWhatToDo',
      )}
    />
  );
}

function useSideNames() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return {
    both: t('ladder.both'),
    client: t('ladder.client'),
    server: t('ladder.server'),
  };
}
