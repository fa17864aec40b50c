export * from './Finding';
export * from './shortened';
export * from './withoutEnd';
export { visibleLine, visibleText } from './visibleText';
