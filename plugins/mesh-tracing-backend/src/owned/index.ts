export { OwnedAnswers } from './OwnedAnswers';
export { ownersAskedFor } from './ownersAskedFor';
