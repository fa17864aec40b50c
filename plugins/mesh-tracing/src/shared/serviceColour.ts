import type { CSSProperties } from 'react';

const HUE_STEP = 12;
const SATURATIONS = [58, 36, 70];

/**
 * Colour of a service, from nothing but its name: the same service has the same
 * colour in every view, session and theme. Lightness comes from the theme.
 * @returns degrees of hue and percent of saturation
 */
export function serviceColour(name: string): {
  hue: number;
  saturation: number;
} {
  const value = hash(name);
  const hues = 360 / HUE_STEP;
  return {
    hue: (value % hues) * HUE_STEP,
    saturation: SATURATIONS[
      Math.floor(value / hues) % SATURATIONS.length
    ] as number,
  };
}

/** Style that hands the colour to the style sheets. */
export function serviceColourStyle(name: string): CSSProperties {
  const { hue, saturation } = serviceColour(name);
  return {
    '--mesh-tracing-hue': hue,
    '--mesh-tracing-saturation': `${saturation}%`,
  } as CSSProperties;
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
