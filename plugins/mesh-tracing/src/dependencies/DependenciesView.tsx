import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DependenciesResponse } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { formatCount } from '../shared/figures/format';
import { Panel } from '../shared/layout/Panel';
import { PanelStack } from '../shared/layout/PanelStack';
import { SampleStatus } from '../shared/sample/SampleStatus';
import {
  useSampledLoad,
  type SampledLoad,
} from '../shared/sample/useSampledLoad';
import { Loaded } from '../shared/states/Loaded';
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
  const dependencies = useSampledLoad(entityRef, (query, signal) =>
    api.getDependencies(entityRef, query, { signal }),
  );
  return (
    <PanelStack>
      <Panel
        title={t('dependencies.title')}
        note={
          dependencies.value && (
            <Basis load={dependencies} response={dependencies.value} />
          )
        }
        busy={dependencies.loading || dependencies.refining !== undefined}
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
function Basis(props: {
  load: SampledLoad<DependenciesResponse>;
  response: DependenciesResponse;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { response } = props;
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
      {!response.sample &&
        t('dependencies.basis', {
          count: response.traceCount,
          total: formatCount(response.traceCount),
        })}{' '}
      <CoverageNote
        coverage={response.coverage}
        count={response.traceCount}
        isSample={response.sample !== undefined}
      />{' '}
      {sentences.filter(Boolean).join(' ')}
      <SampleStatus load={props.load} />
    </>
  );
}
