export * from './Finding';
export * from './shortened';
export * from './withoutEnd';
