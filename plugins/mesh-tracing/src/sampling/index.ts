export { SamplingView } from './SamplingView';
