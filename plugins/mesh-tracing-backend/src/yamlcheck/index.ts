export { YamlCheckAnswers } from './YamlCheckAnswers';
