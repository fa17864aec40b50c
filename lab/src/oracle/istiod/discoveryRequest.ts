import { double, field, text, unsigned } from '../../checks/protobuf';

/** A proxy as it names itself to istiod. */
export interface NodeIdentity {
  /** `type~ip~name.namespace~domain`. */
  id: string;
  /** The proxy's service cluster. */
  cluster: string;
  /** What pilot-agent sends in capital letters: `LABELS`, `NAMESPACE`, … */
  metadata: Record<string, unknown>;
}

/** `google.protobuf.Struct`: one map entry for each key. */
function struct(value: Record<string, unknown>): Buffer {
  return Buffer.concat(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) =>
        field(1, Buffer.concat([text(1, key), field(2, structValue(item))])),
      ),
  );
}

/** `google.protobuf.Value`. */
function structValue(value: unknown): Buffer {
  if (typeof value === 'number') {
    return double(2, value);
  }
  if (typeof value === 'string') return text(3, value);
  if (typeof value === 'boolean') {
    return unsigned(4, value ? 1 : 0);
  }
  if (Array.isArray(value)) {
    const items = value.map(item => field(1, structValue(item)));
    return field(6, Buffer.concat(items));
  }
  if (value === null || value === undefined) {
    return unsigned(1, 0);
  }
  return field(5, struct(value as Record<string, unknown>));
}

/**
 * A first `envoy.service.discovery.v3.DiscoveryRequest` as bytes: the node and
 * the type of resource that it wants.
 */
export function discoveryRequest(node: NodeIdentity, typeUrl: string): Buffer {
  return Buffer.concat([
    field(
      2,
      Buffer.concat([
        text(1, node.id),
        text(2, node.cluster),
        field(3, struct(node.metadata)),
      ]),
    ),
    text(4, typeUrl),
  ]);
}
