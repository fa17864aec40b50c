import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Alert, Button, Select } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatWorkloadRef,
  type TracingResponse,
  type WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { useRef, useState, type ComponentProps } from 'react';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { useFocusKeeper } from '../../shared/focus/useFocusKeeper';
import { Panel } from '../../shared/layout/Panel';
import { StateMessage } from '../../shared/states/StateMessage';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { BindingNote } from '../../workloads';
import { OverrideChange } from '../change/OverrideChange';
import { abilityFor } from '../draft/abilityFor';
import { mayReachFurther } from '../draft/mayChange';
import { isTraced } from '../draft/isTraced';
import { overridesOf } from '../draft/overridesOf';
import type { Proposal } from '../draft/proposal';
import { OverrideCard } from './OverrideCard';
import styles from './OverridePanel.module.css';
import { RefusedByProxies } from './RefusedByProxies';

/** The override of a workload, and the form that changes it. */
export function OverridePanel(props: {
  entityRef: CompoundEntityRef;
  tracing: TracingResponse;
  /** What the form starts from, when not from what is in force. */
  proposal?: Proposal;
  onChanged: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const candidates = props.tracing.workloads.filter(isTraced);
  const [chosen, setChosen] = useState(props.proposal?.workload);
  const item =
    candidates.find(({ workload }) => formatWorkloadRef(workload) === chosen) ??
    candidates[0];
  const ability = item
    ? abilityFor(props.tracing.ability, item)
    : props.tracing.ability;
  const heading = useRef<HTMLHeadingElement>(null);
  const cards = useRef<HTMLDivElement>(null);
  // An override that ends takes its card, and the focus in it, with it.
  useFocusKeeper(cards, heading);
  return (
    <Panel
      title={t('override.title')}
      note={t('override.note')}
      headingRef={heading}
    >
      {!item && (
        <StateMessage
          kind="empty"
          title={t('override.noWorkload')}
          whatToDo={t('override.noWorkloadWhatToDo')}
        />
      )}
      {item && (
        <div className={styles.parts}>
          {candidates.length > 1 && (
            <WorkloadSelect
              candidates={candidates}
              selected={formatWorkloadRef(item.workload)}
              mayReachFurther={mayReachFurther(ability)}
              onSelect={setChosen}
            />
          )}
          {item.binding && <BindingNote binding={item.binding} />}
          {!item.override && (
            <RefusedByProxies acceptance={item.acceptance} revertible={false} />
          )}
          <div ref={cards} className={styles.cards}>
            {overridesOf(item).map(override => (
              <OverrideCard
                key={override.uid}
                entityRef={props.entityRef}
                item={item}
                override={override}
                ability={ability}
                onChanged={props.onChanged}
              />
            ))}
          </div>
          <WayToChange
            key={formatWorkloadRef(item.workload)}
            entityRef={props.entityRef}
            item={item}
            ability={ability}
            proposal={
              props.proposal?.workload === formatWorkloadRef(item.workload)
                ? props.proposal
                : undefined
            }
            onChanged={props.onChanged}
          />
        </div>
      )}
    </Panel>
  );
}

/** The form, the button that opens it, or why there is none. */
function WayToChange(props: ComponentProps<typeof OverrideChange>) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { parameters, update } = useTracingUrl();
  const { allowed, reason } = props.ability;
  if (!allowed) {
    return (
      <StateMessage kind="forbidden" title={t('override.forbidden')}>
        {reason ?? t('override.forbiddenReason')}
      </StateMessage>
    );
  }
  return parameters.get('change') === 'true' ? (
    <OverrideChange {...props} />
  ) : (
    <div>
      <Button onPress={() => update({ change: 'true' })}>
        {t('override.change')}
      </Button>
    </div>
  );
}

function WorkloadSelect(props: {
  candidates: WorkloadTracing[];
  selected: string;
  mayReachFurther: boolean;
  onSelect: (key: string) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { candidates } = props;
  return (
    <div>
      <Select
        size="small"
        label={t('override.workload')}
        className={styles.workload}
        options={candidates.map(({ workload }) => ({
          value: formatWorkloadRef(workload),
          label: `${workload.name} (${workload.namespace}, ${workload.cluster})`,
        }))}
        selectedKey={props.selected}
        onSelectionChange={key => props.onSelect(String(key))}
      />
      <Alert
        mt="2"
        status="info"
        icon
        title={t(
          props.mayReachFurther
            ? 'override.oneWorkloadOrWider'
            : 'override.oneWorkload',
          { total: String(candidates.length) },
        )}
      />
    </div>
  );
}
