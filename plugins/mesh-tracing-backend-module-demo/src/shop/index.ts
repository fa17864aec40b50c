export { shopBehaviour } from './shopBehaviour';
export {
  SHOP_NAMESPACES,
  shopInjection,
  shopIstiod,
  shopKnownServices,
  shopMeshConfig,
  WRITABLE_NAMESPACES,
} from './shopMesh';
export { shopTelemetries } from './shopTelemetries';
export { shopWorkloads } from './shopWorkloads';
