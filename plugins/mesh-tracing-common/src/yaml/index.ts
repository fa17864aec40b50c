export { formatYaml } from './formatYaml';
export { parseYaml } from './parseYaml';
export {
  readYaml,
  UnreadableYamlError,
  type YamlRead,
  type YamlStep,
} from './readYaml';
