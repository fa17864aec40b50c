export { LazyDependenciesView } from './LazyDependenciesView';
export { isEstimated } from './isEstimated';
export { mostTelling } from './mostTelling';
