/** What makes a name read like that of something secret, wherever it stands. */
const STEMS =
  /token|secret|passw|passphrase|passcode|credential|session|auth(?!or(?!i[sz]))|api-?key|cookie|signature|assertion|bearer|csrf|xsrf|saml|hmac|user-?info|client-cert|jwt|jw[se](?=-|$)/;

/** The same for what is too short to be looked for inside of words. */
const WORDS =
  /(?:^|[-:])(?:pwd|pass|pw|creds?|sid|sess|sso|otp|totp|pin|sig)(?=-|$)/;

/** `subscription-key`, `accesskey`, `key-id`. */
const KEY = /keys?(?=-|$)/;

/**
 * Whether a name, of a header or of a variable, reads like that of something
 * secret. Errs on the safe side: `routing-key` reads so too.
 */
export function looksSecret(name: string): boolean {
  const words = name.trim().toLowerCase().replace(/[_.]/g, '-');
  return STEMS.test(words) || WORDS.test(words) || KEY.test(words);
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

/** Whether a text reads like a credential itself. */
export function holdsCredential(text: string): boolean {
  return CREDENTIALS.some(pattern => pattern.test(text));
}
