import { FieldReader, type FieldProblem } from './FieldReader';
import { readProviders, type ProviderDefinition } from './readProviders';
import { readProxyTracing, type ProxyTracing } from './readProxyTracing';

/** The mesh config, read once: what tracing depends on, in one shape. */
export interface MeshReading {
  /** Empty when the mesh has none. */
  rootNamespace: string;
  enableTracing: boolean;
  /** Whether the mesh config says `enableTracing` itself. */
  enableTracingStated: boolean;
  /** Names as written; only the first counts. */
  defaultProviders: readonly string[];
  /** Built-in ones first, then the mesh's own. */
  providers: readonly ProviderDefinition[];
  defaultProxyTracing: ProxyTracing;
  /** Namespaces may be hidden from istiod by `discoverySelectors`. */
  hidesNamespaces: boolean;
  problems: readonly FieldProblem[];
}

const DEFAULT_ROOT_NAMESPACE = 'istio-system';

/** Reads a mesh config of any shape. Never throws, never changes its input. */
export function readMeshConfig(meshConfig: unknown): MeshReading {
  const reader = new FieldReader();
  try {
    return readParts(reader, meshConfig);
  } catch {
    reader.problem('', 'cannot be read: one of its fields throws');
    return { ...readParts(new FieldReader(), {}), problems: reader.problems };
  }
}

function readParts(reader: FieldReader, meshConfig: unknown): MeshReading {
  const mesh = reader.record(meshConfig, '') ?? {};
  const enableTracing = reader.flag(
    pick(mesh, 'enableTracing', 'enable_tracing'),
    'enableTracing',
  );
  const selectors = pick(mesh, 'discoverySelectors', 'discovery_selectors');
  const rootNamespace = reader.text(
    pick(mesh, 'rootNamespace', 'root_namespace'),
    'rootNamespace',
  );
  return {
    rootNamespace: rootNamespace ?? DEFAULT_ROOT_NAMESPACE,
    enableTracing: enableTracing ?? true,
    enableTracingStated: enableTracing !== undefined,
    defaultProviders: readDefaultProviders(reader, mesh),
    providers: readProviders(
      reader,
      pick(mesh, 'extensionProviders', 'extension_providers'),
    ),
    defaultProxyTracing: readProxyTracing(
      reader,
      pick(mesh, 'defaultConfig', 'default_config'),
      'defaultConfig',
    ),
    hidesNamespaces: Array.isArray(selectors) && selectors.length > 0,
    problems: reader.problems,
  };
}

function readDefaultProviders(
  reader: FieldReader,
  mesh: Record<string, unknown>,
): string[] {
  const path = 'defaultProviders';
  const defaults = reader.record(
    pick(mesh, 'defaultProviders', 'default_providers'),
    path,
  );
  const names = reader.list(defaults?.tracing, `${path}.tracing`) ?? [];
  return names.map(
    (name, i) => reader.text(name, `${path}.tracing[${i}]`) ?? '',
  );
}

/** Istio reads both spellings of a field; the JSON one wins. */
export function pick(
  object: Record<string, unknown>,
  jsonName: string,
  protoName: string,
): unknown {
  return object[jsonName] ?? object[protoName];
}
