export { PropagationPanel } from './PropagationPanel';
