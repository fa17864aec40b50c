export { LazyYamlCheckPanel } from './LazyYamlCheckPanel';
