export {
  PropagationAnswers,
  type WindowPropagation,
} from './PropagationAnswers';
