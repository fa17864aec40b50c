const HEX = /^[0-9a-fA-F]+$/;
const BASE64 = /^[0-9a-zA-Z+/_-]+={0,2}$/;
const HEX_DIGITS = '0123456789abcdef';

/**
 * The hex digits of an id's bytes. Some senders put the digits themselves into
 * the bytes field, so that the bytes are the text of the id.
 */
function base64ToHex(text: string, hexDigits: number): string | undefined {
  try {
    const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    if (binary.length === hexDigits && HEX.test(binary)) {
      return binary.toLowerCase();
    }
    let hex = '';
    for (let i = 0; i < binary.length; i++) {
      const byte = binary.charCodeAt(i);
      hex += HEX_DIGITS.charAt(byte >> 4) + HEX_DIGITS.charAt(byte & 15);
    }
    return hex;
  } catch {
    return undefined;
  }
}

function normalizeId(
  value: unknown,
  hexDigits: number,
  base64Lengths: number[],
): string | undefined {
  if (typeof value !== 'string' || value === '') {
    return undefined;
  }
  let hex: string | undefined;
  if (HEX.test(value) && value.length <= hexDigits) {
    hex = value.toLowerCase().padStart(hexDigits, '0');
  } else if (base64Lengths.includes(value.length) && BASE64.test(value)) {
    hex = base64ToHex(value, hexDigits);
  }
  return hex && hex.length === hexDigits && !/^0+$/.test(hex) ? hex : undefined;
}

/**
 * A trace id as 32 lower-case hex digits. Shorter ids are padded on the left
 * (Jaeger prints 64-bit ids with 16 digits), base64 of 16 bytes is accepted, as is
 * that of the digits.
 * Undefined for anything that is not a trace id, all zeros included.
 * @public
 */
export function normalizeTraceId(value: unknown): string | undefined {
  return normalizeId(value, 32, [22, 24, 43, 44]);
}

/**
 * A span id as 16 lower-case hex digits; undefined for anything else, all zeros
 * (which is how some stores write "no parent") included.
 */
export function normalizeSpanId(value: unknown): string | undefined {
  return normalizeId(value, 16, [11, 12, 22, 24]);
}

/** As people know the id: 16 digits when the high half is zero. @public */
export function displayTraceId(traceId: string): string {
  return traceId.length === 32 && /^0{16}/.test(traceId)
    ? traceId.slice(16)
    : traceId;
}
