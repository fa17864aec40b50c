import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { AddressNotice } from '../shared/address/AddressNotice';
import { tableSortText } from '../shared/address/tableSort';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { SHOWN } from './ownedRows';
import { ownedSortOf } from './ownedSort';

/** Tells of a filter or an order that does not exist. */
export function OwnedAddressProblems() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { parameters } = useTracingUrl();
  const show = parameters.get('show');
  const sort = parameters.get('sort');
  const sentences = [
    show !== null &&
      !SHOWN.some(known => known === show) &&
      t('address.show', { value: show }),
    sort !== null &&
      sort !== tableSortText(ownedSortOf(sort)) &&
      t('address.sort', { value: sort }),
  ];
  return <AddressNotice sentences={sentences} />;
}
