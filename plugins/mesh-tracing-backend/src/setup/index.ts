export { createSetup } from './createSetup';
export { type RequestRates } from './RequestRates';
export { SetupAnswers } from './SetupAnswers';
export { type WideSetupAnswers } from './WideSetupAnswers';
