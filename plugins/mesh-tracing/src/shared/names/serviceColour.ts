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

/** Lightness of areas that may hold text, percent, in both themes. */
const LIGHTNESS = 54;
/** Relative luminance at which black and white contrast equally. */
const EVEN_LUMINANCE = 0.179;

/** Style that hands the colour to the style sheets. */
export function serviceColourStyle(name: string): CSSProperties {
  const { hue, saturation } = serviceColour(name);
  return {
    '--mesh-tracing-hue': hue,
    '--mesh-tracing-saturation': `${saturation}%`,
    '--mesh-tracing-lightness': `${LIGHTNESS}%`,
    '--mesh-tracing-on-colour':
      luminance(hue, saturation) > EVEN_LUMINANCE ? '#000000' : '#ffffff',
  } as CSSProperties;
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(hue: number, saturation: number): number {
  const lightness = LIGHTNESS / 100;
  const chroma = (saturation / 100) * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const k = (offset + hue / 30) % 12;
    const value = lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(0) + 0.7152 * channel(8) + 0.0722 * channel(4);
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
