import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiSearchEyeLine } from '@remixicon/react';
import {
  formatWorkloadRef,
  type DiagnosisResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { formatTime } from '../shared/figures/format';
import { Panel } from '../shared/layout/Panel';
import { PanelStack } from '../shared/layout/PanelStack';
import { Loaded } from '../shared/states/Loaded';
import { StateMessage } from '../shared/states/StateMessage';
import type { Load } from '../shared/states/useLoad';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { useDiagnosis } from './useDiagnosis';
import { WorkloadRungs } from './WorkloadRungs';

/** Why there are no traces: for each workload the ladder of what a trace needs. */
export function DiagnosisView(props: { entityRef: CompoundEntityRef }) {
  const load = useDiagnosis(props.entityRef);
  return (
    <PanelStack>
      <Head load={load} />
      {load.value?.workloads.map(diagnosis => (
        <WorkloadRungs
          key={formatWorkloadRef(diagnosis.workload)}
          diagnosis={diagnosis}
        />
      ))}
    </PanelStack>
  );
}

function Head({ load }: { load: Load<DiagnosisResponse> }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <Panel
      title={t('diagnosis.title')}
      note={t('diagnosis.note')}
      busy={load.loading}
      actions={
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiSearchEyeLine aria-hidden />}
          isDisabled={load.loading}
          onPress={load.retry}
        >
          {t('diagnosis.lookAgain')}
        </Button>
      }
    >
      <Loaded load={load} lines={6}>
        {({ workloads, explanation }) =>
          workloads.length === 0 ? (
            <StateMessage
              kind="empty"
              title={t('diagnosis.noWorkloads')}
              whatToDo={t('diagnosis.noWorkloadsWhatToDo')}
            >
              {explanation}
            </StateMessage>
          ) : (
            <span role="status">
              {t('diagnosis.lookedAt', {
                at: formatTime(load.loadedAtMs ?? Date.now()),
              })}
            </span>
          )
        }
      </Loaded>
    </Panel>
  );
}
