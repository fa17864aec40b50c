import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { AddressNotice, useTracingUrl } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import { SHOWN } from './ownedRows';
import { ownedSortOf } from './ownedSort';

/** Tells of a filter or an order that does not exist. */
export function TeamAddressProblems() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { parameters } = useTracingUrl();
  const show = parameters.get('show');
  const sort = parameters.get('sort');
  const { column, direction } = ownedSortOf(sort);
  const sentences = [
    show !== null &&
      !SHOWN.some(known => known === show) &&
      t('address.show', { value: show }),
    sort !== null &&
      sort !== `${column}:${direction}` &&
      t('address.sort', { value: sort }),
  ];
  return <AddressNotice sentences={sentences} />;
}
