import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MeshSetupFindingsResponse } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { formatCount } from '../shared/figures/format';
import { Panel } from '../shared/layout/Panel';
import { PlainList } from '../shared/layout/PlainList';
import { Loaded } from '../shared/states/Loaded';
import { StateMessage } from '../shared/states/StateMessage';
import { useLoad } from '../shared/states/useLoad';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { SetupFindingItem } from './SetupFindingItem';

/**
 * What of the whole mesh's set-up is likely to hurt, for who may see the mesh as a
 * whole; others are told that they may not.
 */
export function MeshSetupFindingsPanel() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const findings = useLoad('mesh-setup', signal =>
    api.getMeshSetupFindings({ signal }),
  );
  return (
    <Panel
      title={t('setup.meshTitle')}
      note={
        findings.value &&
        t('setup.meshNote', {
          telemetries: formatCount(findings.value.telemetryCount),
        })
      }
      busy={findings.loading}
    >
      <Loaded load={findings} lines={6}>
        {value => <Findings response={value} />}
      </Loaded>
    </Panel>
  );
}

function Findings({ response }: { response: MeshSetupFindingsResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (response.findings.length === 0) {
    return (
      <StateMessage
        kind="empty"
        title={t('setup.noneTitle')}
        whatToDo={t('setup.meshNoneWhatToDo')}
      />
    );
  }
  return (
    <>
      <PlainList>
        {response.findings.map(finding => (
          <SetupFindingItem
            key={`${finding.code} ${finding.cluster} ${finding.what}`}
            finding={finding}
          />
        ))}
      </PlainList>
      {response.moreCount > 0 && (
        <p>{t('setup.meshMore', { more: formatCount(response.moreCount) })}</p>
      )}
    </>
  );
}
