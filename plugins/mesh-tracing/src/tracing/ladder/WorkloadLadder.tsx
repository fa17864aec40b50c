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
  const { workload, binding, effective, explanations } = props.item;
  const findings = [...effective.findings, ...(binding?.findings ?? [])];
  const sides = ladderSides(effective);
  const reporting = spanReporting(effective);
  const sideNames = {
    both: t('ladder.both'),
    client: t('ladder.client'),
    server: t('ladder.server'),
  };
  return (
    <Panel
      title={t('ladder.title', { name: workload.name })}
      note={t('ladder.where', {
        kind: workload.kind,
        namespace: workload.namespace,
        cluster: workload.cluster,
        proxy: workload.proxy,
        version: workload.proxyVersion ?? '–',
      })}
    >
      <div className={styles.parts}>
        <div className={styles.lead}>
          {explanations.path}
          {reporting !== 'reported' && (
            <div>
              <strong>
                {t('verdict.notTraced', { why: t(`notTraced.${reporting}`) })}
              </strong>
            </div>
          )}
          {headlineSides(effective).map(({ side }) => (
            <div key={side}>
              <strong>
                {t('ladder.samplingPercent')}
                {sides.length > 1 && `, ${sideNames[side]}`}
                {': '}
              </strong>
              {explanations[`${side}.samplingPercent`]}
            </div>
          ))}
        </div>
        {findings.length > 0 && <FindingList findings={findings} />}
        {sides.length === 0 && (
          <StateMessage
            kind="empty"
            title={t(
              workload.ambient ? 'ladder.ambientTitle' : 'ladder.noProxyTitle',
            )}
            whatToDo={t(
              workload.ambient
                ? 'ladder.ambientWhatToDo'
                : 'ladder.noProxyWhatToDo',
            )}
          />
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
