export { LazyDependenciesView } from './LazyDependenciesView';
export { mostTelling } from './mostTelling';
