import { Box, Button, Checkbox, Select, TextField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useState, type FormEvent } from 'react';
import { meshTracingTranslationRef } from '../translation';
import { parseDuration } from './parseDuration';
import styles from './TraceFilterForm.module.css';
import { isFiltered, LIMITS, type TraceFilters } from './traceFilters';

/** Narrows the search. Nothing is asked until the form is sent. */
export function TraceFilterForm(props: {
  filters: TraceFilters;
  onChange: (filters: TraceFilters) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [draft, setDraft] = useState(props.filters);
  const [tagText, setTagText] = useState(props.filters.tags.join(' '));
  const change = (patch: Partial<TraceFilters>) =>
    setDraft(current => ({ ...current, ...patch }));
  const badTag = parseTags(tagText).find(tag => !/^[^=]+=.+$/.test(tag));
  const badMin = Number.isNaN(parseDuration(draft.minDuration));
  const badMax = Number.isNaN(parseDuration(draft.maxDuration));
  const invalid = badTag !== undefined || badMin || badMax;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!invalid) {
      props.onChange({ ...draft, tags: parseTags(tagText) });
    }
  };
  return (
    <Box bg="neutral" className={styles.box}>
      <form
        className={styles.form}
        aria-label={t('traces.filters')}
        onSubmit={submit}
      >
        <TextField
          size="small"
          label={t('traces.operation')}
          placeholder={t('traces.anyOperation')}
          value={draft.operation}
          onChange={operation => change({ operation })}
        />
        <TextField
          size="small"
          label={t('traces.minDuration')}
          placeholder="100ms"
          value={draft.minDuration}
          isInvalid={badMin}
          description={badMin ? t('traces.badDuration') : undefined}
          onChange={minDuration => change({ minDuration })}
        />
        <TextField
          size="small"
          label={t('traces.maxDuration')}
          placeholder="2s"
          value={draft.maxDuration}
          isInvalid={badMax}
          description={badMax ? t('traces.badDuration') : undefined}
          onChange={maxDuration => change({ maxDuration })}
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
        <Select
          size="small"
          label={t('traces.limit')}
          options={LIMITS.map(limit => ({
            value: String(limit),
            label: String(limit),
          }))}
          selectedKey={String(draft.limit)}
          onSelectionChange={key => change({ limit: Number(key) })}
        />
        <div className={styles.actions}>
          <Checkbox
            isSelected={draft.errorsOnly}
            onChange={errorsOnly => change({ errorsOnly })}
          >
            {t('traces.errorsOnly')}
          </Checkbox>
          <Button type="submit" size="small" isDisabled={invalid}>
            {t('traces.search')}
          </Button>
          {isFiltered(props.filters) && (
            <Button
              size="small"
              variant="tertiary"
              onPress={() => {
                const cleared: TraceFilters = {
                  operation: '',
                  errorsOnly: false,
                  minDuration: '',
                  maxDuration: '',
                  tags: [],
                  limit: draft.limit,
                };
                setDraft(cleared);
                setTagText('');
                props.onChange(cleared);
              }}
            >
              {t('traces.clear')}
            </Button>
          )}
        </div>
      </form>
    </Box>
  );
}

/** Splits at blanks; a value may hold blanks in double quotes. */
function parseTags(text: string): string[] {
  const tags = text.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  return tags.map(tag => tag.replace(/"/g, ''));
}
