import type { BrokenSetup } from '../PlantedSetup';
import { arrivalSetups } from './arrivalSetups';
import { decisionSetups } from './decisionSetups';
import { headerSetups } from './headerSetups';
import { meshSetups } from './meshSetups';
import { providerSetups } from './providerSetups';
import { storeSetups } from './storeSetups';
import { telemetrySetups } from './telemetrySetups';

/** Every set-up in which traces are missing, in the order of the ladder. */
export const brokenSetups: BrokenSetup[] = [
  ...storeSetups,
  ...meshSetups,
  ...telemetrySetups,
  ...providerSetups,
  ...decisionSetups,
  ...arrivalSetups,
  ...headerSetups,
];
