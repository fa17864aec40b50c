import { formatYaml } from '../../yaml';
import type { DiagnosisMend } from '../model/Diagnosis';

/** A part of one trace store's configuration. */
export function storeConfig(
  store: string,
  what: string,
  jaeger: object,
): DiagnosisMend {
  return {
    kind: 'config',
    what,
    yaml: formatYaml({
      meshTracing: { traceStores: [{ name: store, jaeger }] },
    }),
  };
}

/** The annotation that names the entity's services in traces. */
export function serviceNamesAnnotation(
  names: readonly string[],
): DiagnosisMend {
  return {
    kind: 'yaml',
    what: "Add this annotation to the entity's catalog file",
    yaml: formatYaml({
      metadata: {
        annotations: { 'meshtracing.io/service-names': names.join(',') },
      },
    }),
  };
}

export function advice(what: string): DiagnosisMend {
  return { kind: 'advice', what };
}
