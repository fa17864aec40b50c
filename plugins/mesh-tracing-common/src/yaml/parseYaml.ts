import { readYaml } from './readYaml';

/**
 * Reads YAML 1.1 as Istio and the tools of Kubernetes do (sigs.k8s.io/yaml):
 * the first document, as JSON values. Of keys that come twice the last counts,
 * keys that are numbers or booleans become text, merge keys are merged where
 * they stand, and an explicit tag such as `!!str` decides about the type of its
 * value.
 *
 * @throws InputError for what those tools refuse, with a reason and no content
 * @public
 */
export function parseYaml(text: string): unknown {
  return readYaml(text).value;
}
