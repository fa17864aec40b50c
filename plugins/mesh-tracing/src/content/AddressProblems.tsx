import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { AddressNotice } from '../shared/address/AddressNotice';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { addressProblems } from './addressProblems';

/** Tells of a time range or a view that does not exist. */
export function AddressProblems() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { parameters } = useTracingUrl();
  return (
    <AddressNotice
      sentences={addressProblems(parameters).map(problem =>
        problem.parameter === 'window'
          ? t('address.window', { from: problem.from, to: problem.to })
          : t(`address.${problem.parameter}`, { value: problem.value }),
      )}
    />
  );
}
