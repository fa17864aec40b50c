export { AlertAnswers } from './AlertAnswers';
export { OwnedAlertAnswers } from './OwnedAlertAnswers';
