export * from './bindingFindingCatalog';
export * from './claims';
export * from './claimStrengthOf';
export * from './decideBinding';
export * from './namedOwners';
export * from './ownersCommand';
