import type { Entity } from '@backstage/catalog-model';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { meshTracingPlugin } from '../plugin';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { fakeApi, type FakeApi } from './fakeApi';

/** A component of the demo shop. */
export function checkoutEntity(
  annotations: Record<string, string> = {
    'backstage.io/kubernetes-id': 'checkout',
  },
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout', namespace: 'default', annotations },
    spec: { type: 'service', owner: 'checkout-team' },
  };
}

/** Shows the tab as an entity page has it. */
export function renderTab(
  options: {
    api?: FakeApi;
    entity?: Entity;
    search?: string;
  } = {},
) {
  const api = options.api ?? fakeApi();
  renderTestApp({
    extensions: [
      createTestEntityPage({ entity: options.entity ?? checkoutEntity() }),
    ],
    features: [meshTracingPlugin],
    apis: [[meshTracingApiRef, api]],
    initialRouteEntries: [`/${options.search ?? ''}`],
  });
  return { api };
}
