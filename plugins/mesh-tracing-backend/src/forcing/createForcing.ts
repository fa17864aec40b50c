import type { WorkloadTracings } from '../tracing';
import { ForcingAnswers } from './ForcingAnswers';
import { SteppedRefusals } from './SteppedRefusals';
import { TraceLocator, type TraceLocatorOptions } from './TraceLocator';

/** Creates what the routes of forced traces work with. */
export function createForcing(
  options: TraceLocatorOptions & { tracings: WorkloadTracings },
): {
  forcing: ForcingAnswers;
  locator: TraceLocator;
  refusals: SteppedRefusals;
} {
  return {
    forcing: ForcingAnswers.create(options),
    locator: TraceLocator.create(options),
    refusals: SteppedRefusals.create(),
  };
}
