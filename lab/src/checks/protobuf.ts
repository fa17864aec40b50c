const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;

/** Base-128 varint (protocol buffers, wire format). */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** A field of bytes: a text, or another message. */
export function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([
    varint(number * 8 + BYTES),
    varint(content.length),
    content,
  ]);
}

/** A field of type `string`. */
export function text(number: number, value: string): Buffer {
  return field(number, Buffer.from(value, 'utf8'));
}

/** A field of type `uint32`, `uint64`, `bool` or an enum. */
export function unsigned(number: number, value: number): Buffer {
  return Buffer.concat([varint(number * 8 + VARINT), varint(value)]);
}

/** A field of type `sint32` or `sint64` (zigzag). */
export function signed(number: number, value: number): Buffer {
  return unsigned(number, value < 0 ? -2 * value - 1 : 2 * value);
}

/** A field of type `double`. */
export function double(number: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([varint(number * 8 + FIXED64), bytes]);
}
