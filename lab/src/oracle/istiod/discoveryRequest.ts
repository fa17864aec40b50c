/** A proxy as it names itself to istiod. */
export interface NodeIdentity {
  /** `type~ip~name.namespace~domain`. */
  id: string;
  /** The proxy's service cluster. */
  cluster: string;
  /** What pilot-agent sends in capital letters: `LABELS`, `NAMESPACE`, … */
  metadata: Record<string, unknown>;
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;

/** Base-128 varint (protocol buffers, wire format). */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}

function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([
    varint(number * 8 + BYTES),
    varint(content.length),
    content,
  ]);
}

function text(number: number, value: string): Buffer {
  return field(number, Buffer.from(value, 'utf8'));
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
    const double = Buffer.alloc(8);
    double.writeDoubleLE(value);
    return Buffer.concat([varint(2 * 8 + FIXED64), double]);
  }
  if (typeof value === 'string') return text(3, value);
  if (typeof value === 'boolean') {
    return Buffer.concat([varint(4 * 8 + VARINT), varint(value ? 1 : 0)]);
  }
  if (Array.isArray(value)) {
    const items = value.map(item => field(1, structValue(item)));
    return field(6, Buffer.concat(items));
  }
  if (value === null || value === undefined) {
    return Buffer.concat([varint(1 * 8 + VARINT), varint(0)]);
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
