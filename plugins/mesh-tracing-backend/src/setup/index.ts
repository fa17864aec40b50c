export { RequestRates } from './RequestRates';
export { SetupAnswers } from './SetupAnswers';
export { WideSetupAnswers } from './WideSetupAnswers';
