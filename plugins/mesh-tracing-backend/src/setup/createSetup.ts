import { RequestRates, type RequestRatesOptions } from './RequestRates';
import { SetupAnswers, type SetupAnswersOptions } from './SetupAnswers';
import {
  WideSetupAnswers,
  type WideSetupAnswersOptions,
} from './WideSetupAnswers';

/** The services of this capability. */
export function createSetup(
  options: SetupAnswersOptions & WideSetupAnswersOptions & RequestRatesOptions,
) {
  return {
    setup: SetupAnswers.create(options),
    wideSetup: WideSetupAnswers.create(options),
    rates: RequestRates.create(options),
  };
}
