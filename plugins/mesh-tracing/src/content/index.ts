export { TracingContent } from './TracingContent';
