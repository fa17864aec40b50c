import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Button } from '@backstage/ui';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SetupFindingsResponse } from 'backstage-plugin-mesh-tracing-common';
import { useTracingWindow } from '../shared/address/TracingWindow';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { formatCount } from '../shared/figures/format';
import { Panel } from '../shared/layout/Panel';
import { PlainList } from '../shared/layout/PlainList';
import { Loaded } from '../shared/states/Loaded';
import { StateMessage } from '../shared/states/StateMessage';
import { useLoad } from '../shared/states/useLoad';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { SetupFindingItem } from './SetupFindingItem';
import { UncheckedParts } from './UncheckedParts';

/**
 * What of the entity's set-up is likely to hurt in production. It reads traces for
 * that, so that it looks again when asked, and not with every refresh of the page.
 */
export function SetupFindingsPanel(props: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { entityRef } = props;
  const api = useApi(meshTracingApiRef);
  const { rangeKey, window } = useTracingWindow();
  const findings = useLoad(JSON.stringify([entityRef, rangeKey]), signal =>
    api.getSetupFindings(entityRef, window, { signal }),
  );
  const inspected = findings.value?.inspected;
  return (
    <Panel
      title={t('setup.title')}
      note={
        inspected &&
        (inspected.spanCount > 0
          ? t('setup.note', {
              spans: formatCount(inspected.spanCount),
              traces: formatCount(inspected.traceCount),
            })
          : t('setup.noteWithout'))
      }
      busy={findings.loading}
      actions={
        <Button
          size="small"
          variant="secondary"
          isPending={findings.loading}
          onPress={findings.retry}
        >
          {t('setup.again')}
        </Button>
      }
    >
      <Loaded load={findings} lines={6}>
        {value => <Findings response={value} />}
      </Loaded>
    </Panel>
  );
}

function Findings({ response }: { response: SetupFindingsResponse }) {
  return (
    <>
      {response.findings.length === 0 ? (
        <NoFindings response={response} />
      ) : (
        <PlainList>
          {response.findings.map(finding => (
            <SetupFindingItem
              key={`${finding.code} ${finding.cluster} ${finding.what}`}
              finding={finding}
            />
          ))}
        </PlainList>
      )}
      <UncheckedParts response={response} />
    </>
  );
}

function NoFindings({ response }: { response: SetupFindingsResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const isWhole = response.parts.every(({ state }) => state === 'checked');
  return (
    <StateMessage
      kind="empty"
      title={isWhole ? t('setup.noneTitle') : t('setup.nonePartly')}
      whatToDo={t('setup.noneWhatToDo')}
    />
  );
}
