import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  isRefusal,
  type FailureCount,
} from 'backstage-plugin-mesh-tracing-common';
import { SeverityIcon } from '../notes/SeverityIcon';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';
import { formatCount } from './format';
import { useFailureCodes } from './useFailureCodes';

/**
 * Number of failures: icon and text, never colour alone. Requests that were all
 * turned down, as with 402, are no errors of a service.
 */
export function ErrorCount(props: {
  count: number;
  /** Status codes, where they are known. */
  failures?: FailureCount[];
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const codesOf = useFailureCodes();
  const { count, failures = [] } = props;
  if (count === 0) {
    return <span>{t('common.noErrors')}</span>;
  }
  const isRefused = failures.length > 0 && failures.every(isRefusal);
  const total = { count, total: formatCount(count) };
  const codes = codesOf(failures);
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
      <SeverityIcon severity={isRefused ? 'info' : 'error'} />
      {isRefused ? t('failures.refused', total) : t('common.errors', total)}
      {codes && t('failures.codes', { list: codes })}
    </span>
  );
}
