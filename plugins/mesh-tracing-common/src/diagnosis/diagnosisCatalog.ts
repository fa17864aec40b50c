import { configurationCatalog } from './configuration/configurationCatalog';
import type { DiagnosisDescription } from './model/DiagnosisDescription';

/** Every code of a rung, of all rooms. @public */
export const diagnosisCatalog: Readonly<Record<string, DiagnosisDescription>> =
  {
    ...configurationCatalog,
  };
