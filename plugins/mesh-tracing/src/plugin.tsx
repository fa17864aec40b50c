import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  type ExtensionDefinition,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { RiRouteLine } from '@remixicon/react';
import { ownedRouteRef } from './routes';
import { meshTracingApiRef } from './shared/api/MeshTracingApi';
import { MeshTracingClient } from './shared/api/MeshTracingClient';

const meshTracingApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: meshTracingApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => MeshTracingClient.create(deps),
    }),
});

const tracingContent: ExtensionDefinition = EntityContentBlueprint.make({
  params: {
    path: 'tracing',
    title: 'Tracing',
    group: 'observability',
    icon: <RiRouteLine />,
    filter: { kind: 'component' },
    loader: () => import('./content').then(m => <m.TracingContent />),
  },
});

const ownedPage = PageBlueprint.make({
  params: {
    path: '/mesh-tracing',
    title: 'Mesh tracing',
    icon: <RiRouteLine />,
    routeRef: ownedRouteRef,
    loader: () => import('./owned').then(m => <m.OwnedContent />),
  },
});

/**
 * Mesh Tracing: the "Tracing" tab of components, and the page of everything
 * that the user owns.
 * @public
 */
export const meshTracingPlugin = createFrontendPlugin({
  pluginId: 'mesh-tracing',
  title: 'Mesh tracing',
  icon: <RiRouteLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { owned: ownedRouteRef },
  extensions: [meshTracingApi, tracingContent, ownedPage],
});
