import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Button, NumberField } from '@backstage/ui';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatWorkloadRef,
  isSameWorkload,
  suggestPercentage,
  type RequestRateResponse,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import { useId, useState } from 'react';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import { formatPercent } from '../../shared/figures/format';
import { Loaded } from '../../shared/states/Loaded';
import { useLoad } from '../../shared/states/useLoad';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './OverrideForm.module.css';
import { useSuggestionTexts } from './useSuggestionTexts';

/** One a second: more than anybody reads, enough for percentiles of an hour. */
const USUAL_GOAL = 60;
const FORMAT = { maximumFractionDigits: 2, useGrouping: false };

interface SuggestOptions {
  entityRef: CompoundEntityRef;
  workload: WorkloadRef;
  /** Most that the form allows. */
  maxPercent: number;
  onUse: (percent: number) => void;
}

/** Finds a percentage for a number of traces a minute; asks for the rate when opened. */
export function SuggestPercent(props: SuggestOptions) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <div>
        <Button
          type="button"
          size="small"
          variant="secondary"
          aria-expanded={isOpen}
          aria-controls={id}
          onPress={() => setOpen(!isOpen)}
        >
          {isOpen ? t('suggest.close') : t('suggest.open')}
        </Button>
      </div>
      <div id={id}>{isOpen && <Suggestion {...props} />}</div>
    </>
  );
}

function Suggestion(props: SuggestOptions) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { entityRef, workload } = props;
  const api = useApi(meshTracingApiRef);
  const rate = useLoad(
    JSON.stringify([entityRef, formatWorkloadRef(workload)]),
    signal => api.getRequestRate(entityRef, { signal }),
  );
  return (
    <div
      role="group"
      aria-label={t('suggest.label')}
      className={styles.suggest}
    >
      <Loaded load={rate} lines={2}>
        {value => <Goal {...props} rate={value} />}
      </Loaded>
    </div>
  );
}

function Goal(props: SuggestOptions & { rate: RequestRateResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [goal, setGoal] = useState(USUAL_GOAL);
  const { rate, workload, maxPercent, onUse } = props;
  const found = rate.workloads.find(each =>
    isSameWorkload(each.workload, workload),
  );
  const texts = useSuggestionTexts();
  if (!found?.requestsPerSecond) {
    return <div className={styles.note}>{texts.withoutRate(found)}</div>;
  }
  const suggestion = suggestPercentage({
    requestsPerSecond: found.requestsPerSecond,
    tracesPerMinute: goal,
    maxPercent,
    errorRate: rate.errorRate ?? undefined,
  });
  return (
    <>
      <NumberField
        label={t('suggest.goal')}
        className={styles.number}
        value={goal}
        minValue={0}
        description={t('suggest.goalNote')}
        formatOptions={FORMAT}
        validationBehavior="aria"
        validate={() => (suggestion ? undefined : t('suggest.goalInvalid'))}
        onChange={setGoal}
      />
      {suggestion && (
        <>
          <div role="status">
            {texts
              .of(suggestion, found, rate.errorRate, maxPercent)
              .map(text => (
                <div key={text}>{text}</div>
              ))}
          </div>
          <div className={styles.note}>{found.assumption}</div>
          <div>
            <Button
              type="button"
              size="small"
              variant="secondary"
              onPress={() => onUse(suggestion.percent)}
            >
              {t('suggest.use', { percent: formatPercent(suggestion.percent) })}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
