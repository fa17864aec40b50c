/** Shorter values are words, not secrets. */
const MIN_SECRET_LENGTH = 6;

/**
 * Takes the values of headers that were sent out of what came back. Gateways
 * and debug endpoints may answer with the request that they got.
 */
export function hideSent(
  text: string,
  sent: Readonly<Record<string, string | undefined>>,
): string {
  return Object.entries(sent)
    .filter(([name]) => !name.toLowerCase().startsWith('accept'))
    .flatMap(([, value]) =>
      value ? [value, value.replace(/^\S+\s+/, '')] : [],
    )
    .filter(value => value.length >= MIN_SECRET_LENGTH)
    .reduce((hidden, value) => hidden.replaceAll(value, '(hidden)'), text);
}
