import type { MeshBehaviour } from '../traffic';
import { customerServices } from './customerServices';
import { orderServices } from './orderServices';
import { paymentServices } from './paymentServices';
import { shopSources } from './shopSources';
import { storefrontServices } from './storefrontServices';

/** The traffic of the shop: about 35 requests per second. */
export const shopBehaviour: MeshBehaviour = {
  services: {
    ...storefrontServices,
    ...orderServices,
    ...customerServices,
    ...paymentServices,
  },
  sources: shopSources,
};
