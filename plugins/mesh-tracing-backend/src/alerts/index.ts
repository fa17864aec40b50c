export { AlertAnswers } from './AlertAnswers';
export { alertFacts } from './alertFacts';
export { checkAlertRule } from './checkAlertRule';
export { LiveMetrics } from './LiveMetrics';
export { OwnedAlertAnswers } from './OwnedAlertAnswers';
export { QuestionBudget } from './QuestionBudget';
