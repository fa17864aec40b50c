import { isLoopback } from './isLoopback';

/** Whether what is sent to that URL can be read on the way to another machine. */
export function isPlainText(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isLoopback(hostname);
}

/**
 * Why the start is refused, as the rest of a sentence that begins with the path of
 * the key, without its full stop.
 */
export function plainTextRefusal(sends: string): string {
  return `is http, which would send ${sends} in the clear; use https, or say allowPlainText: true beside it where something else protects the way there`;
}

/** The warning in the log at each start, where the site allows plain text. */
export function plainTextWarning(system: string, sends: string): string {
  return `${system} is reached by plain http, as allowPlainText says: ${sends} can be read and used by whoever sees the traffic`;
}
