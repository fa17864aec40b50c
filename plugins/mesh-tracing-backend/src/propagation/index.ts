export { PropagationAnswers } from './PropagationAnswers';
