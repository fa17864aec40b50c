import { boundedDistance } from '../../shared/boundedDistance';

const MOST_COMPARED = 5_000;
/** Longer names are compared by their equal parts only, which bounds the work. */
const MAX_LENGTH = 100;

/** The name without namespace or domain, and without what spellings differ in. */
function stem(name: string): string {
  return (name.split('.')[0] ?? name).toLowerCase().replace(/[-_]/g, '');
}

/** Smaller is nearer; undefined where two names are not alike. */
function farness(asked: string, present: string): number | undefined {
  if (asked.toLowerCase() === present.toLowerCase()) {
    return 0;
  }
  const [a, b] = [stem(asked), stem(present)];
  if (a !== '' && a === b) {
    // The same name with another suffix: another scheme, or another namespace.
    return 1;
  }
  if (asked.length > MAX_LENGTH || present.length > MAX_LENGTH) {
    return undefined;
  }
  const most = Math.max(1, Math.min(3, Math.floor(a.length / 4)));
  const far = boundedDistance(a, b, most);
  return far <= most ? 1 + far : undefined;
}

/**
 * Names of a store that are like one that was asked for, the likest first: the
 * same but for case, suffix or a few letters.
 *
 * @param most - how many at most
 * @public
 */
export function nearNames(
  asked: readonly string[],
  present: readonly string[],
  most = 5,
): string[] {
  return present
    .slice(0, MOST_COMPARED)
    .flatMap(name => {
      const found = asked.flatMap(one => farness(one, name) ?? []);
      return found.length > 0 ? [{ name, far: Math.min(...found) }] : [];
    })
    .sort((a, b) => a.far - b.far || a.name.localeCompare(b.name))
    .slice(0, most)
    .map(({ name }) => name);
}
