export * from './Finding';
export * from './FindingDescription';
export * from './ObjectMetadata';
export * from './shortened';
export * from './withoutEnd';
export { visibleLine, visibleText } from './visibleText';
