export { DeclaredNeighbours } from './DeclaredNeighbours';
export { DependencyInsight } from './DependencyInsight';
export { NeighbourTraces } from './NeighbourTraces';
