export { DeclaredNeighbours } from './DeclaredNeighbours';
export { DependencyAnswers } from './DependencyAnswers';
export { NeighbourTraces } from './NeighbourTraces';
