import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { samplingPolicyExtensionPoint } from 'backstage-plugin-mesh-tracing-node';
import { TicketPolicy } from './TicketPolicy';

/** Asks for a ticket in the namespaces that `ticketNamespaces` lists. */
export const ticketPolicyModule = createBackendModule({
  pluginId: 'mesh-tracing',
  moduleId: 'ticket-policy',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        policies: samplingPolicyExtensionPoint,
      },
      async init({ config, policies }) {
        const namespaces = config.getStringArray('ticketNamespaces');
        policies.addPolicy(TicketPolicy.create({ namespaces }));
      },
    });
  },
});
