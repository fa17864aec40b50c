import type { Entity } from '@backstage/catalog-model';

type Relations = Record<string, string[]>;

function entity(
  kind: string,
  name: string,
  relations: Relations = {},
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'service' },
    relations: Object.entries(relations).flatMap(([type, targets]) =>
      targets.map(targetRef => ({ type, targetRef })),
    ),
  };
}

/** Only Olivia may see it. */
export const HIDDEN_REF = 'component:default/hidden';

/** A shop: who belongs to which group, and who owns what. */
export const exampleCatalog: Entity[] = [
  entity('Group', 'company'),
  entity('Group', 'storefront', { childOf: ['group:default/company'] }),
  entity('Group', 'storefront-web', {
    childOf: ['group:default/storefront'],
  }),
  entity('Group', 'payments', { childOf: ['group:default/company'] }),
  // A mistake that a catalog may hold.
  entity('Group', 'loop-a', { childOf: ['group:default/loop-b'] }),
  entity('Group', 'loop-b', {
    childOf: ['group:default/loop-a', 'group:default/storefront'],
  }),
  entity(
    'Component',
    'frontend',
    {
      ownedBy: ['user:default/olivia', 'group:default/storefront'],
      dependsOn: ['component:default/payments', 'component:default/ledger'],
      partOf: ['system:default/shop'],
    },
    { 'meshtracing.io/workloads': 'shop/Deployment/frontend' },
  ),
  entity(
    'Component',
    'payments',
    { ownedBy: ['group:default/payments'] },
    { 'meshtracing.io/workloads': 'shop/Deployment/payments' },
  ),
  entity('Component', 'ledger', { ownedBy: ['group:default/payments'] }),
  entity('Component', 'unmapped', { ownedBy: ['group:default/storefront'] }),
  entity(
    'Component',
    'orphan',
    {},
    {
      'meshtracing.io/workloads': 'shop/Deployment/frontend',
    },
  ),
  entity(
    'Component',
    'hidden',
    { ownedBy: ['user:default/olivia'] },
    { 'meshtracing.io/workloads': 'shop/Deployment/payments' },
  ),
];
