// Before all that makes instruments.
import './instrumentation';
import { createBackend } from '@backstage/backend-defaults';
import { demoAuthModule } from './demoAuth';
import { groupOwnershipModule } from './groupOwnership';
import { permissionPolicyModule } from './permissionPolicy';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(demoAuthModule);
backend.add(groupOwnershipModule);

backend.add(import('@backstage/plugin-catalog-backend'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(permissionPolicyModule);

backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));

backend.add(import('backstage-plugin-mesh-tracing-backend'));
backend.add(import('backstage-plugin-mesh-tracing-backend-module-demo'));

backend.start();
