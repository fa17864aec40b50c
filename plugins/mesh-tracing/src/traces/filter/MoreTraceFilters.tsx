import { Select } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { DurationRange } from './DurationRange';
import styles from './TraceFilterForm.module.css';
import { KINDS, LIMITS, type TraceFilters } from './traceFilters';

const ANY_KIND = 'any';

/** Kind and duration of a span, and how many traces to ask for. */
export function MoreTraceFilters(props: {
  draft: TraceFilters;
  onChange: (patch: Partial<TraceFilters>) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { draft, onChange } = props;
  return (
    <div className={styles.fields}>
      <Select
        size="small"
        label={t('traces.kind')}
        options={[
          { value: ANY_KIND, label: t('traces.anyKind') },
          ...KINDS.map(kind => ({
            value: kind,
            label: t(`traces.kinds.${kind}`),
          })),
        ]}
        selectedKey={draft.kind ?? ANY_KIND}
        onSelectionChange={key =>
          onChange({ kind: KINDS.find(kind => kind === key) })
        }
      />
      <DurationRange
        minLabel={t('traces.minSpanDuration')}
        maxLabel={t('traces.maxSpanDuration')}
        min={draft.minSpanDuration}
        max={draft.maxSpanDuration}
        onMinChange={minSpanDuration => onChange({ minSpanDuration })}
        onMaxChange={maxSpanDuration => onChange({ maxSpanDuration })}
      />
      <Select
        size="small"
        label={t('traces.limit')}
        options={LIMITS.map(limit => ({
          value: String(limit),
          label: String(limit),
        }))}
        selectedKey={String(draft.limit)}
        onSelectionChange={key => onChange({ limit: Number(key) })}
      />
    </div>
  );
}
