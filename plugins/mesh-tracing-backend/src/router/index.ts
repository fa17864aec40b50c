export { createRouter } from './createRouter';
export type { RouterServices } from './RouterServices';
export { type ReadLimits, readReadLimits } from './turns/readReadLimits';
export { ReadTurns } from './turns/ReadTurns';
