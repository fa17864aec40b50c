import type {
  Injector,
  MeshInjection,
} from 'backstage-plugin-mesh-tracing-common';
import type { ResourceWatch } from '../watch/ResourceWatch';
import type { NamespaceFacts } from './meshResources';

/** Which pods are to get a proxy, as far as it may be read. */
export function injectionOf({
  namespaces,
  injectors,
}: {
  namespaces: ResourceWatch<NamespaceFacts>;
  injectors: ResourceWatch<Injector>;
}): MeshInjection {
  return {
    ...(namespaces.isRead
      ? {
          namespaces: new Map(
            [...namespaces.items()].map(({ name, injection }) => [
              name,
              injection,
            ]),
          ),
        }
      : {}),
    ...(injectors.isRead ? { injectors: [...injectors.items()] } : {}),
  };
}
