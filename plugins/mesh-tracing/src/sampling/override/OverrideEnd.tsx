import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { formatDateTime, formatSpan } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { useNow } from './useNow';

/** When an override ends: a countdown, the moment on hover. */
export function OverrideEnd(props: {
  expiresAt?: string;
  /** True where something else manages it, so that the portal can't end it. */
  isManaged?: boolean;
}) {
  const { expiresAt, isManaged } = props;
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const nowMs = useNow(1_000);
  if (expiresAt === undefined) {
    return <>{t('override.permanent')}</>;
  }
  const endMs = new Date(expiresAt).getTime();
  if (isManaged) {
    return <>{t('override.notEnding')}</>;
  }
  return (
    <time dateTime={expiresAt} title={formatDateTime(endMs)}>
      {endMs <= nowMs
        ? t('override.ending')
        : t('override.endsIn', { span: formatSpan(endMs - nowMs) })}
    </time>
  );
}
