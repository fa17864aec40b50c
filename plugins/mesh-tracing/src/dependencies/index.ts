export { DependenciesView } from './DependenciesView';
