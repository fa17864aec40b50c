/**
 * A random UUID, version 4. Unlike `crypto.randomUUID` it also works on pages
 * that were not served over TLS.
 */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) % 16) + 0x40;
  bytes[8] = ((bytes[8] as number) % 64) + 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0'));
  return [
    hex.slice(0, 4),
    hex.slice(4, 6),
    hex.slice(6, 8),
    hex.slice(8, 10),
    hex.slice(10),
  ]
    .map(part => part.join(''))
    .join('-');
}
