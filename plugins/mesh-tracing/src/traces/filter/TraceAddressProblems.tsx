import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { AddressNotice } from '../../shared/address/AddressNotice';
import { tableSortText } from '../../shared/address/tableSort';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { traceSortOf } from '../results/sortTraces';
import { filtersOf, KINDS, LIMITS } from './traceFilters';

/** Tells of an order, a kind of span or a limit that does not exist. */
export function TraceAddressProblems() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { parameters } = useTracingUrl();
  const sort = parameters.get('sort');
  const kind = parameters.get('kind');
  const limit = parameters.get('limit');
  const sentences = [
    sort !== null &&
      sort !== tableSortText(traceSortOf(sort)) &&
      t('address.sort', { value: sort }),
    kind !== null &&
      !KINDS.some(known => known === kind) &&
      t('address.kind', { value: kind }),
    limit !== null &&
      !LIMITS.includes(Number(limit)) &&
      t('address.limit', {
        value: limit,
        used: String(filtersOf(parameters).limit),
      }),
  ];
  return <AddressNotice sentences={sentences} />;
}
