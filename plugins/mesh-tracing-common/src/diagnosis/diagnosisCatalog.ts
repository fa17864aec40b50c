import { configurationCatalog } from './configuration/configurationCatalog';
import type { DiagnosisDescription } from './model/DiagnosisDescription';
import { storeRungCatalog } from './store/storeRungCatalog';
import { trafficRungCatalog } from './traffic/trafficRungCatalog';

/** Every code of a rung, of all rooms. @public */
export const diagnosisCatalog: Readonly<Record<string, DiagnosisDescription>> =
  {
    ...configurationCatalog,
    ...storeRungCatalog,
    ...trafficRungCatalog,
  };
