export { checkConfigKeys } from './checkConfigKeys';
