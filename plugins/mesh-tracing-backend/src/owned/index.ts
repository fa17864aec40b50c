export { OwnedAnswers } from './OwnedAnswers';
