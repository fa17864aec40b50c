import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import meshTracing from 'backstage-plugin-mesh-tracing-backend';

/** Who asks, unless a test says who. */
export const ME = 'user:default/me';

/** A Component of the catalog. */
export function component(
  name: string,
  annotations: Record<string, string> = {},
  owner = ME,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'service', lifecycle: 'production', owner },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

/** A portal with the plugin and these modules, as an adopter puts it together. */
export async function startPortal(options: {
  modules: BackendFeature[];
  entities: Entity[];
  config?: JsonObject;
}) {
  const backend = await startTestBackend({
    features: [
      meshTracing,
      ...options.modules,
      catalogServiceMock.factory({ entities: options.entities }),
      mockServices.rootConfig.factory({ data: options.config ?? {} }),
    ],
  });
  const base = `http://localhost:${backend.server.port()}/api/mesh-tracing/v1/entities/component/default`;
  /** @param path - below the entity's routes, such as `cart/traces` */
  const ask = async (path: string, body?: object, user = ME) => {
    const response = await fetch(`${base}/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: mockCredentials.user.header(user),
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  return { ask, stop: () => backend.stop() };
}
