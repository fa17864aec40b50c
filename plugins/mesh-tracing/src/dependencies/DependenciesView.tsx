import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DependenciesResponse } from 'backstage-plugin-mesh-tracing-common';
import { useTracingWindow } from '../shared/address/TracingWindow';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { formatCount } from '../shared/figures/format';
import { Panel } from '../shared/layout/Panel';
import { PanelStack } from '../shared/layout/PanelStack';
import { Loaded } from '../shared/states/Loaded';
import { useLoad } from '../shared/states/useLoad';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { CoverageNote, NoTraces } from '../traces';
import { DependencyMap } from './DependencyMap';
import { DependencyTable } from './DependencyTable';
import { isIdle, isUndeclared, neighbourhood } from './neighbourhood';

/** Who calls the entity and whom it calls: the picture, then the numbers. */
export function DependenciesView(props: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { entityRef } = props;
  const api = useApi(meshTracingApiRef);
  const { window, rangeKey, revision } = useTracingWindow();
  const dependencies = useLoad(
    JSON.stringify([entityRef, rangeKey]),
    signal => api.getDependencies(entityRef, window, { signal }),
    revision,
  );
  return (
    <PanelStack>
      <Panel
        title={t('dependencies.title')}
        note={dependencies.value && <Basis response={dependencies.value} />}
        busy={dependencies.loading}
      >
        <Loaded load={dependencies} lines={8}>
          {value => (
            <>
              <DependencyMap title={entityRef.name} {...neighbourhood(value)} />
              {value.traceCount === 0 && (
                <NoTraces title={t('dependencies.emptyTitle')} />
              )}
            </>
          )}
        </Loaded>
      </Panel>
      {dependencies.value && <Tables response={dependencies.value} />}
    </PanelStack>
  );
}

function Tables({ response }: { response: DependenciesResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { inbound, outbound } = neighbourhood(response);
  return (
    <>
      <Panel title={t('dependencies.inbound')} flush>
        <DependencyTable
          title={t('dependencies.inbound')}
          empty={t('overview.noInbound')}
          neighbours={inbound}
        />
      </Panel>
      <Panel title={t('dependencies.outbound')} flush>
        <DependencyTable
          title={t('dependencies.outbound')}
          empty={t('overview.noOutbound')}
          neighbours={outbound}
        />
      </Panel>
    </>
  );
}

/** What the numbers are of, and where traffic and catalog disagree. */
function Basis({ response }: { response: DependenciesResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { inbound, outbound } = neighbourhood(response);
  const all = [...inbound, ...outbound];
  const idle = all.filter(isIdle).length;
  const undeclared = all.filter(isUndeclared).length;
  const sentences = [
    all.some(({ edge }) => edge.source === 'store') &&
      t('dependencies.indexNote'),
    !response.traced && t('dependencies.untraced'),
    response.traced &&
      idle > 0 &&
      t('dependencies.declaredIdle', { count: idle, total: formatCount(idle) }),
    undeclared > 0 &&
      t('dependencies.undeclared', {
        count: undeclared,
        total: formatCount(undeclared),
      }),
  ];
  return (
    <>
      {t('dependencies.basis', {
        count: response.traceCount,
        total: formatCount(response.traceCount),
      })}{' '}
      <CoverageNote coverage={response.coverage} count={response.traceCount} />{' '}
      {sentences.filter(Boolean).join(' ')}
    </>
  );
}
