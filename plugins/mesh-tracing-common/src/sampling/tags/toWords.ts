/**
 * A name of a header or variable in lower case, with one separator between its
 * words: gateways turn one separator into the other.
 */
export function toWords(name: string): string {
  return name.trim().toLowerCase().replace(/[_.]/g, '-');
}
