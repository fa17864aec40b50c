import { isDeepStrictEqual } from 'node:util';
import {
  applyMeshConfigTexts,
  type MeshConfig,
} from 'backstage-plugin-mesh-tracing-common';
import type { Declarations } from './Declarations';
import type { MeshReader } from './MeshReader';

/** What a comparison of one mesh config gave. */
export interface MeshConfigComparison {
  /** Texts that Istio and the product both refuse. */
  refused: number;
  /** In what the two differ, in words; absent when in nothing. */
  difference?: string;
}

/**
 * Reads texts as the product does and as Istio does. Both must refuse the same
 * texts. What the product then has must be what Istio has, value for value and
 * in Istio's own names, and Istio must read nothing more in the texts than it
 * reads in the product's result.
 */
export async function compareMeshConfigs(
  reader: MeshReader,
  declarations: Declarations,
  texts: readonly string[],
): Promise<MeshConfigComparison> {
  const ours = applyMeshConfigTexts(texts);
  const theirs = await reader.mesh(texts);
  const errors = theirs.errors ?? [];
  const at = texts.findIndex(
    (_, i) => Boolean(errors[i]) !== (ours.refusals[i] !== undefined),
  );
  if (at >= 0) {
    return {
      refused: 0,
      difference: `text ${at}: Istio says '${errors[at] ?? ''}', the product '${
        ours.refusals[at] ?? ''
      }'`,
    };
  }
  const again = await reader.mesh([JSON.stringify(ours.meshConfig)]);
  const refused = errors.filter(Boolean).length;
  const missing = firstMissing(
    withoutZeroEnums(ours.meshConfig, declarations),
    theirs.value,
    'mesh',
  );
  if (missing) return { refused, difference: missing };
  if (!isDeepStrictEqual(again.value, theirs.value)) {
    return {
      refused,
      difference: `Istio reads ${JSON.stringify(
        theirs.value,
      )} in the texts, and ${JSON.stringify(again)} in ${JSON.stringify(
        ours.meshConfig,
      )}`,
    };
  }
  return { refused };
}

/** Istio writes an enum's zero like every zero: not at all. */
function withoutZeroEnums(value: unknown, { zeros }: Declarations): unknown {
  return JSON.parse(JSON.stringify(value), (key, item: unknown) =>
    zeros.get(key)?.has(item) ? 0 : item,
  );
}

/**
 * Names the first value that the product reads and Istio does not; a zero may
 * be absent at Istio.
 */
function firstMissing(
  ours: unknown,
  theirs: unknown,
  path: string,
): string | undefined {
  if (isZero(ours) && (theirs === undefined || isZero(theirs)))
    return undefined;
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    return ours
      .map((item, i) =>
        firstMissing(item, counterpart(theirs, item, i, path), `${path}[${i}]`),
      )
      .find(Boolean);
  }
  if (isObject(ours) && isObject(theirs)) {
    return Object.keys(ours)
      .map(key => firstMissing(ours[key], theirs[key], `${path}.${key}`))
      .find(Boolean);
  }
  return `${ours}` === `${theirs}`
    ? undefined
    : `${path}: Istio has ${JSON.stringify(
        theirs,
      )}, the product ${JSON.stringify(ours)}`;
}

/**
 * Istio's item for one of ours. Providers are found by name, since Istio's list
 * also has the built-in ones.
 */
function counterpart(
  theirs: unknown[],
  ours: unknown,
  index: number,
  path: string,
): unknown {
  if (path !== 'mesh.extensionProviders') return theirs[index];
  const name = (provider: unknown) =>
    (provider as NonNullable<MeshConfig['extensionProviders']>[number]).name ??
    '';
  return theirs.find(provider => name(provider) === name(ours));
}

function isZero(value: unknown): boolean {
  return (
    value === 0 ||
    value === false ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
