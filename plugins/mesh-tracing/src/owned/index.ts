export { OwnedContent } from './OwnedContent';
export { OwnedPage } from './OwnedPage';
