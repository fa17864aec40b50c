import { Box, Button, Checkbox, TextField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useId, useState, type FormEvent } from 'react';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { DurationRange, isUsableRange } from './DurationRange';
import { MoreTraceFilters } from './MoreTraceFilters';
import styles from './TraceFilterForm.module.css';
import {
  advancedCount,
  isFiltered,
  NO_FILTERS,
  type TraceFilters,
} from './traceFilters';
import { useFilterDraft } from './useFilterDraft';

/** Narrows the search. Nothing is asked until the form is sent. */
export function TraceFilterForm(props: {
  filters: TraceFilters;
  onChange: (filters: TraceFilters) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, tagText, tags, badTag, change, setTagText, reset } =
    useFilterDraft(props.filters);
  const isUsable =
    badTag === undefined &&
    isUsableRange(draft.minTraceDuration, draft.maxTraceDuration) &&
    isUsableRange(draft.minSpanDuration, draft.maxSpanDuration);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isUsable) {
      props.onChange({ ...draft, tags });
    }
  };
  const clear = () => {
    const cleared = { ...NO_FILTERS, limit: draft.limit };
    reset(cleared);
    props.onChange(cleared);
  };
  return (
    <Box bg="neutral" className={styles.box}>
      <form
        className={styles.form}
        aria-label={t('traces.filters')}
        onSubmit={submit}
      >
        <div className={styles.fields}>
          <TextField
            size="small"
            label={t('traces.operation')}
            placeholder={t('traces.anyOperation')}
            value={draft.operation}
            onChange={operation => change({ operation })}
          />
          <TextField
            size="small"
            label={t('traces.tags')}
            placeholder="http.status_code=500"
            value={tagText}
            isInvalid={badTag !== undefined}
            description={
              badTag === undefined
                ? undefined
                : t('traces.badTag', { tag: badTag })
            }
            onChange={setTagText}
          />
          <DurationRange
            minLabel={t('traces.minTraceDuration')}
            maxLabel={t('traces.maxTraceDuration')}
            min={draft.minTraceDuration}
            max={draft.maxTraceDuration}
            onMinChange={minTraceDuration => change({ minTraceDuration })}
            onMaxChange={maxTraceDuration => change({ maxTraceDuration })}
          />
        </div>
        <MoreFilters draft={draft} onChange={change} />
        <div className={styles.actions}>
          {isFiltered(props.filters) && (
            <Button size="small" variant="tertiary" onPress={clear}>
              {t('traces.clear')}
            </Button>
          )}
          <Button type="submit" size="small" isDisabled={!isUsable}>
            {t('traces.search')}
          </Button>
        </div>
      </form>
    </Box>
  );
}

/** The rarer filters, shown on demand and when one of them is set. */
function MoreFilters(props: {
  draft: TraceFilters;
  onChange: (patch: Partial<TraceFilters>) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, onChange } = props;
  const id = useId();
  const count = advancedCount(draft);
  const [isOpen, setIsOpen] = useState(count > 0);
  return (
    <>
      <div className={styles.options}>
        <Checkbox
          isSelected={draft.errorsOnly}
          onChange={errorsOnly => onChange({ errorsOnly })}
        >
          {t('traces.errorsOnly')}
        </Checkbox>
        <Button
          size="small"
          variant="tertiary"
          aria-expanded={isOpen}
          aria-controls={id}
          onPress={() => setIsOpen(open => !open)}
        >
          {count > 0
            ? t('traces.moreFiltersSet', { total: String(count) })
            : t('traces.moreFilters')}
        </Button>
      </div>
      <div id={id} className={styles.more} hidden={!isOpen}>
        {isOpen && <MoreTraceFilters draft={draft} onChange={onChange} />}
      </div>
    </>
  );
}
