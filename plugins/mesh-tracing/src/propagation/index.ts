export { LazyPropagationPanel } from './LazyPropagationPanel';
