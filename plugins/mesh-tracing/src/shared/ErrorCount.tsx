import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTracingTranslationRef } from '../translation';
import { formatCount } from './format';
import { SeverityIcon } from './SeverityIcon';

/** Number of failed spans: icon and text, never colour alone. */
export function ErrorCount({ count }: { count: number }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (count === 0) {
    return <span>{t('common.noErrors')}</span>;
  }
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
      <SeverityIcon severity="error" />
      {t('common.errors', { count, total: formatCount(count) })}
    </span>
  );
}
