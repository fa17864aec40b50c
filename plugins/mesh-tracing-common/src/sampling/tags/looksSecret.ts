import { isRecognizedIdentity } from './namesIdentity';
import { toWords } from './toWords';

/** What makes a name read like that of something secret, wherever it stands. */
const STEMS =
  /token|secret|passw|passphrase|passcode|credential|session|auth(?!or(?!i[sz]))|api-?key|cookie|signature|assertion|bearer|csrf|xsrf|saml|hmac|macaroon|wsse|user-?info|client-cert|jwt|jw[sek](?=-|$)|(?:verification|confirmation|activation|recovery|backup|login|security|one-?time)-?code/;

/** The same for what is too short to be looked for inside of words. */
const WORDS =
  /(?:^|[-:])(?:pwd|pass|pw|creds?|sid|sess|sso|otp|totp|2fa|mfa|pin|sig)(?=-|$)/;

/** What a key opens, in `subscription-key`, `accesskey`, `access-key-id`. */
const KEY =
  /(?:^|-)(?:access|private|subscription|functions?|master|signing|signature|encryption(?:-customer)?|decryption|app|application|client|account|storage|shared|user|consumer|admin|license|deploy|webhook|ssh|tls|ssl|rsa|aes|gpg|pgp)-?keys?(?=-|$)/;

/** A name that says nothing but key; `routing-key` and `key-version` are no secrets. */
const ONLY_KEY = /^(?:x-)?keys?$/;

/** Counters of rate limits, as in `x-ratelimit-remaining-tokens`. */
const COUNTED_TOKENS =
  /^((?:[a-z]+-)*rate-?limit(?:-(?:limit|remaining|reset|input|output))*)-tokens(?=-(?:limit|remaining|reset)$|$)/;

/**
 * Whether a name, of a header or of a variable, reads like that of something
 * secret. Errs on the safe side.
 */
export function looksSecret(name: string): boolean {
  const words = toWords(name).replace(COUNTED_TOKENS, '$1');
  return (
    !isRecognizedIdentity(name) &&
    [STEMS, WORDS, KEY, ONLY_KEY].some(pattern => pattern.test(words))
  );
}

/** Forms that credentials have, whatever they are called. */
const CREDENTIALS = [
  /\b(?:bearer|basic)\s+[\w.~+/-]{8,}/i,
  /\beyJ[\w-]{8,}\.[\w-]+/,
  /-----BEGIN [A-Z ]+-----/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[oprsu]_\w{20,}/,
  /\bxox[abprs]-[\w-]{10,}/,
  /\b(?:password|passwd|pwd|secret|token|api_?key)\s*[=:]\s*\S/i,
  /:\/\/[^/\s:@]+:[^/\s:@]+@/,
];

/** Whether a text reads like a credential itself. @public */
export function holdsCredential(text: string): boolean {
  return CREDENTIALS.some(pattern => pattern.test(text));
}
