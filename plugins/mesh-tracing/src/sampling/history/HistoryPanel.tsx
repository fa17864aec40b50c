import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Button, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  HistoryQuery,
  TracingResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import { Panel } from '../../shared/layout/Panel';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { proposalOf, type Proposal } from '../draft/proposal';
import { HistoryList } from './HistoryList';
import { useHistoryPages } from './useHistoryPages';

type Scope = NonNullable<HistoryQuery['scope']>;

/** What was changed of the entity, or of all that is readable around it. */
export function HistoryPanel(props: {
  entityRef: CompoundEntityRef;
  revision: number;
  /** Absent until it is known what the user may do. */
  tracing?: TracingResponse;
  onAgain: (proposal: Proposal) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const { entityRef, tracing } = props;
  const [scope, setScope] = useState<Scope>('entity');
  const pages = useHistoryPages(
    JSON.stringify([entityRef, scope]),
    (page, signal) =>
      api.getSamplingHistory(entityRef, { ...page, scope }, { signal }),
    props.revision,
  );
  return (
    <Panel
      title={t('history.title')}
      note={scope === 'namespace' && t('history.namespaceNote')}
      busy={pages.newest.loading}
      actions={<ScopeSwitch scope={scope} onChange={setScope} />}
    >
      <HistoryList
        pages={pages}
        namesEntities={scope === 'namespace'}
        actionOf={entry => {
          const proposal = tracing && proposalOf(entry, tracing);
          return (
            proposal && (
              <Button
                size="small"
                variant="secondary"
                onPress={() => props.onAgain(proposal)}
              >
                {t('history.again')}
              </Button>
            )
          );
        }}
      />
    </Panel>
  );
}

function ScopeSwitch(props: {
  scope: Scope;
  onChange: (scope: Scope) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <ToggleButtonGroup
      aria-label={t('history.scope')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.scope]}
      onSelectionChange={keys => {
        const [scope] = keys;
        props.onChange(scope === 'namespace' ? 'namespace' : 'entity');
      }}
    >
      <ToggleButton id="entity" size="small">
        {t('history.scopeEntity')}
      </ToggleButton>
      <ToggleButton id="namespace" size="small">
        {t('history.scopeNamespace')}
      </ToggleButton>
    </ToggleButtonGroup>
  );
}
