import { shortened } from 'backstage-plugin-mesh-tracing-common';

/**
 * Longest message that is shown, in characters; the rest is cut before the patterns
 * run.
 */
const MAX_LENGTH = 2000;
/**
 * Longest name of a host (RFC 1035): a word that is cut is left out if it may be one.
 */
const MAX_HOST_LENGTH = 253;

const CAUSE = '; caused by ';
const CREDENTIAL = /\b(bearer|basic)\s+[a-z0-9._~+/=-]{6,}/gi;
const URL_WITH_SCHEME = /(?:\b[a-z][a-z0-9+.-]{0,30})?:\/\/[^\s"'<>)]+/gi;
const IP_ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g;
const IPV6_ADDRESS = /\[[0-9a-f]*:[0-9a-f:.]+\](?::\d+)?/gi;
/**
 * Matches only from the beginning of a name, so that a long one is not tried at each
 * of its characters.
 */
const NAME_AND_PORT = /(?<![a-z0-9.-])([a-z0-9.-]+):(\d{1,5})\b/gi;

/**
 * Whether it is an address: times and counts have a colon, too, so a short number
 * after one is not enough.
 */
function isHost(name: string, port: string): boolean {
  const labels = name.split('.').filter(Boolean);
  return (
    labels.length > 1 || (port.length > 2 && /^-*[a-z]/i.test(labels[0] ?? ''))
  );
}

/**
 * The beginning of the message, without the word that the limit cuts: half an address
 * is not recognised.
 */
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
 * Removes addresses, credentials and the texts of causes from a message that goes to
 * a browser: what systems behind the portal say may hold names of internal hosts. The
 * log keeps the whole message. Long ones are cut first, which bounds the work.
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
