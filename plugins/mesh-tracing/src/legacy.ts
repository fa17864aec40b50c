/**
 * The frontend of Mesh Tracing, for apps of the legacy frontend system.
 *
 * @packageDocumentation
 */
import type { Entity } from '@backstage/catalog-model';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import type { ComponentType } from 'react';
import { meshTracingApiRef } from './shared/api/MeshTracingApi';
import { MeshTracingClient } from './shared/api/MeshTracingClient';

const rootRouteRef = createRouteRef({ id: 'mesh-tracing' });

/**
 * The plugin.
 * @public
 */
export const meshTracingPlugin = createPlugin({
  id: 'mesh-tracing',
  routes: { root: rootRouteRef },
  apis: [
    createApiFactory({
      api: meshTracingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => MeshTracingClient.create(deps),
    }),
  ],
});

/**
 * Content of an entity tab; give it the path `/tracing`.
 * @public
 */
export const EntityMeshTracingContent: ComponentType =
  meshTracingPlugin.provide(
    createComponentExtension({
      name: 'EntityMeshTracingContent',
      component: {
        lazy: () => import('./content').then(m => m.TracingContent),
      },
    }),
  );

/**
 * The page of everything that the user owns.
 * @public
 */
export const MeshTracingPage: ComponentType = meshTracingPlugin.provide(
  createRoutableExtension({
    name: 'MeshTracingPage',
    component: () => import('./owned').then(m => m.OwnedPage),
    mountPoint: rootRouteRef,
  }),
);

/**
 * Whether an entity gets the tab: components, also those without annotations,
 * since the tab then says which one to add.
 * @public
 */
export function isMeshTracingAvailable(entity: Entity): boolean {
  return entity.kind.toLowerCase() === 'component';
}
