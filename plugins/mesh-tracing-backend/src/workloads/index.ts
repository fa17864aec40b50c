export { BindingAlarm } from './binding/BindingAlarm';
export { bindingFindings } from './binding/bindingFindings';
export { createWorkloadBinding } from './binding/createWorkloadBinding';
export { explanationOf, refusalOf } from './binding/describeStanding';
export { readBindingConfig } from './binding/readBindingConfig';
export { standingOn } from './binding/standingOn';
export { CatalogFirstHops } from './catalog/CatalogFirstHops';
export { CatalogWorkloads, type EntityIndex } from './catalog/CatalogWorkloads';
export type { FirstHopEntities } from './catalog/FirstHopEntities';
export type { WorkloadOwners } from './catalog/WorkloadOwners';
export {
  listedServiceNames,
  withListedServiceNames,
} from './names/listedServiceNames';
export { namedEntity } from './names/namedEntity';
export { TraceServiceNames } from './names/TraceServiceNames';
export { DefaultWorkloadResolver } from './resolver/DefaultWorkloadResolver';
export { WorkloadAnswers } from './WorkloadAnswers';
export { toWorkloadRef, toWorkloadView } from './workloadViews';
