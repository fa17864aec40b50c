export { OwnedInsight } from './OwnedInsight';
