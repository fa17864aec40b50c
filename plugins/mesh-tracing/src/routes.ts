import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The page of everything that the user owns. */
export const ownedRouteRef = createRouteRef();
