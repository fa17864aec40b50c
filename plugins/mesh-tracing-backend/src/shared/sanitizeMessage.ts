import { shortened } from 'backstage-plugin-mesh-tracing-common';

/** Of what is shown; what comes after is not looked at. */
const MAX_LENGTH = 2000;
/** A host's name is not longer, so none is cut in two when its word is left out. */
const MAX_HOST_LENGTH = 253;

const CAUSE = '; caused by ';
const CREDENTIAL = /\b(bearer|basic)\s+[a-z0-9._~+/=-]{6,}/gi;
const URL_WITH_SCHEME = /(?:\b[a-z][a-z0-9+.-]{0,30})?:\/\/[^\s"'<>)]+/gi;
const IP_ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g;
const IPV6_ADDRESS = /\[[0-9a-f]*:[0-9a-f:.]+\](?::\d+)?/gi;
/** Begins where a name begins and nowhere inside of it. */
const NAME_AND_PORT = /(?<![a-z0-9.-])([a-z0-9.-]+):(\d{1,5})\b/gi;

/** Times and counts have a colon too: a short port alone makes no address. */
function isHost(name: string, port: string): boolean {
  const labels = name.split('.').filter(Boolean);
  return (
    labels.length > 1 || (port.length > 2 && /^-*[a-z]/i.test(labels[0] ?? ''))
  );
}

/** The beginning, without the word that is cut, which may be an address. */
function beginningOf(message: string): string {
  if (message.length <= MAX_LENGTH) {
    return message;
  }
  const words = message.slice(0, MAX_LENGTH).split(' ');
  const last = words.at(-1) ?? '';
  const whole = last.length <= MAX_HOST_LENGTH ? words.slice(0, -1) : words;
  return `${whole.join(' ').trimEnd()} …`;
}

/**
 * Takes addresses, credentials and the texts of causes out of a message that
 * goes to a browser, and bounds it before it looks. What systems behind the
 * portal say may hold the names of storage hosts; the log keeps the whole.
 */
export function sanitizeMessage(message: string): string {
  const visible = beginningOf(message.split(CAUSE, 1)[0] ?? '')
    .replace(CREDENTIAL, '$1 (hidden)')
    .replace(URL_WITH_SCHEME, '(address)')
    .replace(IP_ADDRESS, '(address)')
    .replace(IPV6_ADDRESS, '(address)')
    .replace(NAME_AND_PORT, (all, name: string, port: string) =>
      isHost(name, port) ? '(address)' : all,
    );
  return shortened(visible, MAX_LENGTH);
}
