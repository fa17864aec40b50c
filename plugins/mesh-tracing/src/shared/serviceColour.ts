import type { CSSProperties } from 'react';

const HUES = [
  210, 28, 145, 280, 350, 190, 55, 320, 100, 245, 10, 170, 75, 300, 225, 130,
];

/**
 * Hue of a service, from nothing but its name: the same service has the same
 * colour in every view, session and theme. Lightness comes from the theme.
 */
export function serviceHue(name: string): number {
  return HUES[hash(name) % HUES.length] as number;
}

/** Style that hands the hue to the style sheets. */
export function serviceHueStyle(name: string): CSSProperties {
  return { '--mesh-tracing-hue': serviceHue(name) } as CSSProperties;
}

/** FNV-1a, 32 bit, with a final mix so that similar names part. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
