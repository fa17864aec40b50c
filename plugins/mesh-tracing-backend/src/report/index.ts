export { ReportInsight } from './ReportInsight';
