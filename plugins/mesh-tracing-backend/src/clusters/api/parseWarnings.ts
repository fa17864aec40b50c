/**
 * The texts of HTTP `Warning` headers as the API server writes them:
 * `299 - "text"`, several in one header separated by commas.
 */
export function parseWarnings(headers: string[]): string[] {
  return headers.flatMap(header =>
    [...header.matchAll(/\b\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(
      ([, text = '']) => text.replace(/\\(.)/g, '$1'),
    ),
  );
}
