import { configurationCatalog } from './configuration/configurationCatalog';
import { propagationRungCatalog } from './propagation/propagationRungCatalog';
import { storeRungCatalog } from './store/storeRungCatalog';
import { trafficRungCatalog } from './traffic/trafficRungCatalog';
import type { DiagnosisDescription } from './model/DiagnosisDescription';

/** Every code of a rung, of all rooms. @public */
export const diagnosisCatalog: Readonly<Record<string, DiagnosisDescription>> =
  {
    ...configurationCatalog,
    ...storeRungCatalog,
    ...trafficRungCatalog,
    ...propagationRungCatalog,
  };
