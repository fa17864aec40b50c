export { groupOwnershipModule } from './groupOwnershipModule';
