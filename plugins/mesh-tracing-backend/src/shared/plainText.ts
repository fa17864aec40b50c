import { isLoopback } from './isLoopback';

/** Whether what is sent to that URL can be read on the way to another machine. */
export function isPlainText(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isLoopback(hostname);
}

/** Why a start stops, without the path of the key; ends without a full stop. */
export function plainTextRefusal(sends: string): string {
  return `is http, which would send ${sends} in the clear; use https, or say allowPlainText: true beside it where something else protects the way there`;
}

/** What the log says at each start where a site allows it. */
export function plainTextWarning(system: string, sends: string): string {
  return `${system} is reached by plain http, as allowPlainText says: ${sends} can be read and used by whoever sees the traffic`;
}
