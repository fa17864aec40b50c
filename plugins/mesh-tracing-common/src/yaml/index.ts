export { formatYaml } from './formatYaml';
export { parseYaml } from './parseYaml';
