export { ReportAnswers } from './ReportAnswers';
