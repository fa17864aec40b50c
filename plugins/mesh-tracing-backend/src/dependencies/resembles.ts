import { parseEntityRef } from '@backstage/catalog-model';

/**
 * Whether what a peer is called in traces begins with the name of an entity:
 * `pricing`, `pricing.shop.example.com`, `Pricing-DB` for `pricing-db`.
 */
export function resembles(peer: string, entityRef: string): boolean {
  const [host = ''] = peer.split(/[.:/]/, 1);
  return (
    plain(host) !== '' && plain(host) === plain(parseEntityRef(entityRef).name)
  );
}

/** Letters and digits alone: people part words differently. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
