/**
 * Shorter values are taken for words: to hide each of them would make the text
 * unreadable.
 */
const MIN_SECRET_LENGTH = 6;

/**
 * Hides the values of sent headers, credentials among them, in what came back: some
 * gateways and debug endpoints answer with the request that they got.
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
