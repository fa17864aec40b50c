/**
 * What keeps the traces of a lab: `plain`, Jaeger's memory; `badger`, Jaeger's own
 * files, which outlive it; `production`, two collectors and a query service on an
 * OpenSearch cluster of three nodes, with Prometheus beside it.
 */
export const LAB_PROFILES = ['plain', 'badger', 'production'] as const;

/** See {@link LAB_PROFILES}. @public */
export type LabProfile = (typeof LAB_PROFILES)[number];

/**
 * Reads a profile's name.
 *
 * @throws Error that names those that there are
 */
export function readLabProfile(text: string): LabProfile {
  const found = LAB_PROFILES.find(profile => profile === text);
  if (!found) {
    throw new Error(
      `The lab has no profile "${text}". It has: ${LAB_PROFILES.join(', ')}.`,
    );
  }
  return found;
}
