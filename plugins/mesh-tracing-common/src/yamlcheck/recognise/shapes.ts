import { isMap, listAt, mapAt, type YamlMap } from '../read/values';

/** Whether a map is a configuration of the OpenTelemetry collector. */
export function looksLikeCollector(value: YamlMap): boolean {
  return (
    isMap(value.receivers) &&
    Object.hasOwn(mapAt(value, 'service'), 'pipelines')
  );
}

/** Whether a map is a rule file of Prometheus. */
export function looksLikeRules(value: YamlMap): boolean {
  return listAt(value, 'groups').some(
    group => isMap(group) && Array.isArray(group.rules),
  );
}
