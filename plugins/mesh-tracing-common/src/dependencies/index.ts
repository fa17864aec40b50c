export { collectDependencies } from './collectDependencies';
export type {
  CallStatistics,
  DependencyEdge,
  DependencyGraph,
  DependencyNeighbour,
  DependencyNode,
} from './model';
