export { TeamContent } from './TeamContent';
export { TeamPage } from './TeamPage';
