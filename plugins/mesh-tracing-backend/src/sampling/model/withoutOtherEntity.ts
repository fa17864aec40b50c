import {
  formatYaml,
  OVERRIDE_ANNOTATIONS,
} from 'backstage-plugin-mesh-tracing-common';
import { parseDocument } from 'yaml';

const ENTITY_PATH = ['metadata', 'annotations', OVERRIDE_ANNOTATIONS.entity];

/**
 * YAML of an override as it is shown to who changes it from one entity. If it is
 * for another one, that is left out: who changes it may not see that entity.
 */
export function withoutOtherEntity(yaml: string, entityRef: string): string {
  if (!yaml.includes(OVERRIDE_ANNOTATIONS.entity)) {
    return yaml;
  }
  const document = parseDocument(yaml);
  const named = document.getIn(ENTITY_PATH);
  if (named === undefined || named === entityRef) {
    return yaml;
  }
  document.deleteIn(ENTITY_PATH);
  return formatYaml(document.toJS());
}
