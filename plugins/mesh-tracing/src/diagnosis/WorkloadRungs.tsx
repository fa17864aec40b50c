import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { WorkloadDiagnosis } from 'backstage-plugin-mesh-tracing-common';
import { Panel } from '../shared/layout/Panel';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './DiagnosisView.module.css';
import { Rung } from './Rung';
import { useRungWords } from './useRungWords';
import { VerdictIcon } from './VerdictIcon';

/** The ladder of one workload. */
export function WorkloadRungs({ diagnosis }: { diagnosis: WorkloadDiagnosis }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { workload, verdict, firstRung, rungs } = diagnosis;
  const { kind, name, namespace, cluster } = workload;
  return (
    <Panel
      title={t('diagnosis.workload', { kind, name })}
      note={t('diagnosis.where', { namespace, cluster })}
    >
      <div className={styles.lead}>
        <VerdictIcon verdict={verdict} size={22} />
        <Lead diagnosis={diagnosis} />
      </div>
      <ol className={styles.ladder} aria-label={t('diagnosis.rungs', { name })}>
        {rungs.map(rung => (
          // A rung that has become the first one is opened.
          <Rung
            key={`${rung.id} ${rung.id === firstRung}`}
            rung={rung}
            isFirst={rung.id === firstRung}
          />
        ))}
      </ol>
    </Panel>
  );
}

/** The whole in one sentence. */
function Lead({ diagnosis }: { diagnosis: WorkloadDiagnosis }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const words = useRungWords();
  const { firstRung, rungs } = diagnosis;
  const first = rungs.find(({ id }) => id === firstRung);
  if (first) {
    return (
      <span>
        {t(
          first.verdict === 'broken'
            ? 'diagnosis.firstBroken'
            : 'diagnosis.firstDoubtful',
          { rung: words.rung(first.id) },
        )}
      </span>
    );
  }
  const unknown = rungs.filter(({ verdict }) => verdict === 'unknown').length;
  return (
    <span>
      {unknown > 0
        ? t('diagnosis.someUnknown', { count: unknown, total: String(unknown) })
        : t('diagnosis.allGood')}
    </span>
  );
}
