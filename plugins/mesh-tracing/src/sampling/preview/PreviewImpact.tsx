import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  PreviewResponse,
  SamplingEffect,
} from 'backstage-plugin-mesh-tracing-common';
import { formatBytes, formatRate } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { useSeenText } from '../effect/useEffectTexts';
import { ChangeTable, VersionCell } from '../parts/ChangeTable';
import { PreviewPart } from '../parts/PreviewPart';
import styles from './PreviewPanel.module.css';

/** How many more traces, spans and bytes, and how that was estimated. */
export function PreviewImpact({
  preview: { effect, impact, impactWithheld, reach },
}: {
  preview: PreviewResponse;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const whyNone = useWhyNone();
  if (!impact) {
    return (
      <PreviewPart title={t('impact.title')}>
        {reach?.changed === 0
          ? t('impact.none')
          : impactWithheld ?? whyNone(reach ? undefined : effect)}
      </PreviewPart>
    );
  }
  const rows = [
    [
      reach ? t('impact.tracesOfAll') : t('impact.traces'),
      formatRate(impact.tracesPerSecondBefore),
      formatRate(impact.tracesPerSecondAfter),
    ],
    [
      t('impact.spans'),
      formatRate(impact.spansPerSecondBefore),
      formatRate(impact.spansPerSecondAfter),
    ],
    [
      t('impact.storage'),
      formatBytes(impact.bytesPerDayBefore),
      formatBytes(impact.bytesPerDayAfter),
    ],
  ];
  return (
    <PreviewPart title={t('impact.title')}>
      <ChangeTable
        columns={[t('impact.what'), t('preview.before'), t('preview.after')]}
      >
        {rows.map(([name, before, after]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <VersionCell>{before}</VersionCell>
            <VersionCell isWanted>{after}</VersionCell>
          </tr>
        ))}
      </ChangeTable>
      <div className={styles.note}>
        {t('impact.assumption', { text: impact.assumption })}
      </div>
    </PreviewPart>
  );
}

/** Why there is no estimate, by what was seen. */
function useWhyNone(): (effect: SamplingEffect | undefined) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const seenText = useSeenText();
  return effect => {
    if (effect?.startedHere === 'unchanged') {
      return t('impact.unchanged');
    }
    const { seen } = effect ?? {};
    if (!effect || !seen || seen.traces === 0) {
      return t('impact.unknown');
    }
    if (effect.startedHere === 'none-start') {
      return t('impact.noneStart', { seen: seenText(seen) });
    }
    const traces = String(seen.traces);
    return effect.beforePercent === 0
      ? t('impact.unsampled', { traces })
      : t('impact.notMeasured', { traces });
  };
}
