import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  CustomTag,
  TracingProvider,
} from 'backstage-plugin-mesh-tracing-common';
import { formatPercent } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './FieldValue.module.css';
import { tagText } from './tagText';
import type { TracingField } from './tracingFields';

/** The value of a field, for people. */
export function FieldValue(props: { field: TracingField; value: unknown }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { field, value } = props;
  switch (field) {
    case 'samplingPercent':
      return <>{formatPercent(value as number)}</>;
    case 'maxTagLength':
      return <>{t('ladder.characters', { total: String(value) })}</>;
    case 'provider':
      return <Provider provider={value as TracingProvider | null} />;
    case 'customTags':
      return <Tags tags={value as Record<string, CustomTag>} />;
    case 'disableContextPropagation':
      return <>{value ? t('ladder.off') : t('ladder.on')}</>;
    default:
      return <>{value ? t('ladder.on') : t('ladder.off')}</>;
  }
}

function Provider({ provider }: { provider: TracingProvider | null }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (!provider) {
    return <>{t('ladder.noProvider')}</>;
  }
  const detectors = provider.resourceDetectors?.join(', ');
  return (
    <>
      {`${provider.name} (${provider.kind})`}
      {detectors && `, ${t('ladder.detectors', { detectors })}`}
    </>
  );
}

function Tags({ tags }: { tags: Record<string, CustomTag> }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const entries = Object.entries(tags);
  if (entries.length === 0) {
    return <>{t('ladder.noTags')}</>;
  }
  return (
    <ul className={styles.tags}>
      {entries.map(([name, tag]) => (
        <li key={name}>
          <code>{name}</code> = {tagText(tag)}
        </li>
      ))}
    </ul>
  );
}
