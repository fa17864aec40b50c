import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  isRefusal,
  type FailureCount,
} from 'backstage-plugin-mesh-tracing-common';
import { SeverityIcon } from '../notes/SeverityIcon';
import { useAboutText } from '../sample/useAboutText';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';
import { useFailureCodes } from './useFailureCodes';

/**
 * Number of failures: icon and text, never colour alone. Requests that were all
 * turned down, as with 402, are no errors of a service.
 */
export function ErrorCount(props: {
  count: number;
  /** Status codes, where they are known. */
  failures?: FailureCount[];
  /** The counts stand for more than was read. */
  isEstimate?: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const codesOf = useFailureCodes();
  const aboutText = useAboutText();
  const { count, failures = [], isEstimate = false } = props;
  if (count === 0) {
    return <span>{t('common.noErrors')}</span>;
  }
  const isRefused = failures.length > 0 && failures.every(isRefusal);
  const total = { count, total: aboutText(count, isEstimate) };
  const codes = codesOf(failures, isEstimate);
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
      <SeverityIcon severity={isRefused ? 'info' : 'error'} />
      {isRefused ? t('failures.refused', total) : t('common.errors', total)}
      {codes && t('failures.codes', { list: codes })}
    </span>
  );
}
