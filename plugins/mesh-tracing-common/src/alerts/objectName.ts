/** Of Kubernetes, less the beginning and a check sum. */
const MAX_LENGTH = 200;

/**
 * A name for an object of Kubernetes, made of any text. Where the text had to be
 * changed a check sum tells apart what would be the same: `a.b` and `a b`.
 */
export function objectName(title: string): string {
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^-/, '')
    .replace(/-$/, '');
  const isPlain = /^[a-z0-9]+:[a-z0-9]+\/[a-z0-9]+$/.test(title);
  return ['mesh-tracing', slug, isPlain ? '' : checksum(title)]
    .filter(Boolean)
    .join('-');
}

/** FNV-1a of 32 bits: tells names apart, and is no secret. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
