const UNITS_NS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};
/** Longer numbers overflow in Go, which refuses them. */
const PART = /(\d{1,64}(?:\.\d{0,64})?|\.\d{1,64})(ns|us|µs|μs|ms|s|m|h)/y;
const MAX_NS = 2 ** 63;

/** Nanoseconds of a duration as Go writes it, `1h1.5s`; undefined for others. */
export function parseGoDuration(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const rest = text.replace(/^[-+]/, '');
  if (rest === '0') return 0;
  let totalNs = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < rest.length) {
    const match = PART.exec(rest);
    if (!match) return undefined;
    const [, amount = '', unit = ''] = match;
    totalNs += Math.trunc(Number(amount) * (UNITS_NS[unit] ?? Number.NaN));
  }
  return rest === '' || totalNs >= MAX_NS ? undefined : sign * totalNs;
}

/** As Istio's JSON writer has it: seconds, with 0, 3, 6 or 9 digits after the point. */
export function formatSeconds(ns: number): string {
  const size = Math.abs(ns);
  const fraction = `${Math.round(size % 1e9)}`.padStart(9, '0');
  const digits = fraction.replace(/(?:000){1,3}$/, '');
  const seconds = `${ns < 0 ? '-' : ''}${Math.floor(size / 1e9)}`;
  return digits ? `${seconds}.${digits}s` : `${seconds}s`;
}
