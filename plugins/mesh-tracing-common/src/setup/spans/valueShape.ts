/** A shape of values by which they are known to be about somebody or something. @public */
export type ValueShape =
  | 'email'
  | 'token'
  | 'card-number'
  | 'uuid'
  | 'ip-address';

/** The rest of a longer value isn't looked at. */
const MOST_CHARACTERS = 2_000;

/** Each quantifier is bounded, and each alternative starts differently: linear. */
const EMAIL =
  /(?:^|[^a-z0-9._%+-])[a-z0-9._%+-]{1,64}(?:@|%40)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}(?![a-z0-9])/i;
/** Header and payload of a JWT are JSON objects in Base64: `{"` begins with `eyJ`. */
const TOKEN = /eyJ[\w-]{10,400}\.eyJ[\w-]{10,400}\./;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?$/;
const IPV6 = /^\[?[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}\]?(?::\d{1,5})?$/i;
/** Of the large card networks: 13 to 19 digits that begin with 3 to 6. */
const CARD = /^[3-6]\d{3}(?:[ -]?\d{3,4}){2,3}(?:[ -]?\d{1,4})?$/;

/** The shape of a value; undefined for one without a telling one. */
export function valueShape(value: string): ValueShape | undefined {
  const text = value.slice(0, MOST_CHARACTERS);
  if (hasAt(text) && EMAIL.test(text)) {
    return 'email';
  }
  if (TOKEN.test(text)) {
    return 'token';
  }
  if (UUID.test(text)) {
    return 'uuid';
  }
  if (CARD.test(text) && isCardNumber(text)) {
    return 'card-number';
  }
  return IPV4.test(text) || IPV6.test(text) ? 'ip-address' : undefined;
}

function hasAt(text: string): boolean {
  return text.includes('@') || text.includes('%40');
}

/** The check digit of Luhn's formula, which one in ten numbers has by chance. */
function isCardNumber(text: string): boolean {
  let sum = 0;
  let count = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) {
      continue;
    }
    const doubled = count % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
    count += 1;
  }
  return count >= 13 && count <= 19 && sum % 10 === 0;
}
