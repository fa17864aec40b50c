import {
  decodeProtoJson,
  type DecodedMessage,
} from './protojson/decodeProtoJson';
import {
  FieldReader,
  isPresent,
  type FieldProblem,
} from './protojson/FieldReader';
import { readProviders, type ProviderDefinition } from './readProviders';
import { readProxyNaming, type ProxyNaming } from './readProxyNaming';
import { tracingOf, type ProxyTracing } from './readProxyTracing';

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
  /** How `defaultConfig` has spans named. */
  defaultProxyNaming: ProxyNaming;
  /** Namespaces may be hidden from istiod by `discoverySelectors`. */
  hidesNamespaces: boolean;
  problems: readonly FieldProblem[];
}

const DEFAULT_ROOT_NAMESPACE = 'istio-system';

/** Istio reads these at the top in this spelling only (its mesh.go). */
export const CAMEL_CASE_ONLY = ['defaultConfig', 'defaultProviders'] as const;

/**
 * Readings by mesh config. It is part of a snapshot that nobody changes, so
 * each is read once.
 */
const known = new WeakMap<object, MeshReading>();

/**
 * Reads a mesh config of any shape, as Istio does. Never throws, never changes
 * its input. Everything that wants to know something of a mesh config asks
 * this.
 */
export function readMeshConfig(meshConfig: unknown): MeshReading {
  if (typeof meshConfig !== 'object' || meshConfig === null) {
    return readSafely(meshConfig);
  }
  let reading = known.get(meshConfig);
  if (!reading) {
    reading = readSafely(meshConfig);
    known.set(meshConfig, reading);
  }
  return reading;
}

function readSafely(meshConfig: unknown): MeshReading {
  const reader = new FieldReader();
  try {
    return readParts(reader, decodeMeshConfig(reader, meshConfig));
  } catch {
    reader.problem('', 'cannot be read: one of its fields throws');
    return { ...readParts(new FieldReader(), {}), problems: reader.problems };
  }
}

/** The mesh config in Istio's JSON names, without what Istio does not know. */
export function decodeMeshConfig(
  reader: FieldReader,
  meshConfig: unknown,
): DecodedMessage {
  const decoded = decodeProtoJson(reader, 'MeshConfig', meshConfig, '') ?? {};
  for (const name of CAMEL_CASE_ONLY) {
    if (!isPresent((meshConfig as DecodedMessage | undefined)?.[name])) {
      delete decoded[name];
    }
  }
  return decoded;
}

function readParts(reader: FieldReader, mesh: DecodedMessage): MeshReading {
  const { enableTracing, rootNamespace, discoverySelectors } = mesh;
  const defaults = mesh.defaultProviders as DecodedMessage | undefined;
  const defaultConfig = mesh.defaultConfig as DecodedMessage | undefined;
  return {
    rootNamespace:
      (rootNamespace as string | undefined) ?? DEFAULT_ROOT_NAMESPACE,
    enableTracing: enableTracing !== false,
    enableTracingStated: enableTracing !== undefined,
    defaultProviders: (defaults?.tracing as string[] | undefined) ?? [],
    providers: readProviders(
      mesh.extensionProviders as DecodedMessage[] | undefined,
    ),
    defaultProxyTracing: tracingOf(defaultConfig),
    defaultProxyNaming: readProxyNaming(defaultConfig),
    hidesNamespaces:
      ((discoverySelectors as unknown[] | undefined) ?? []).length > 0,
    problems: reader.problems,
  };
}
