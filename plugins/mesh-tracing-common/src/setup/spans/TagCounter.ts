import type { Attributes, AttributeValue } from '../../traces';
import { MOST_DISTINCT, MOST_TAGS, type TagCounts } from './SpanInspection';
import { valueShape } from './valueShape';

interface Counts extends Omit<TagCounts, 'distinct'> {
  distinct: Set<number>;
}

/**
 * Counts tags and their distinct values in bounded memory: so many tags, and of each
 * so many values, of which a number each is kept. Nothing that it hands out holds a
 * value.
 */
export class TagCounter {
  readonly #tags = new Map<string, Counts>();
  readonly #salt: number;
  #hasAll = true;

  /** @param salt - a secret, so that numbers can't be compared with those of guesses */
  static create(salt: number): TagCounter {
    return new TagCounter(salt);
  }

  private constructor(salt: number) {
    this.#salt = salt;
  }

  /** False where there were more tags than are counted. */
  get hasAll(): boolean {
    return this.#hasAll;
  }

  /** @returns how long the attributes are */
  add(attributes: Attributes): number {
    let bytes = 0;
    for (const [key, value] of Object.entries(attributes)) {
      const text = textOf(value);
      const length = key.length + text.length;
      bytes += length;
      const counts = this.#countsOf(key);
      if (counts) {
        counts.spanCount += 1;
        counts.byteCount += length;
        const shape = typeof value === 'boolean' ? undefined : valueShape(text);
        if (shape) {
          counts.shapes[shape] = (counts.shapes[shape] ?? 0) + 1;
        }
        if (counts.distinct.size < MOST_DISTINCT) {
          counts.distinct.add(numberOf(text, this.#salt));
        }
      }
    }
    return bytes;
  }

  tags(): TagCounts[] {
    return [...this.#tags.values()]
      .map(counts => ({ ...counts, distinct: [...counts.distinct] }))
      .sort(byFrequency);
  }

  #countsOf(key: string): Counts | undefined {
    let counts = this.#tags.get(key);
    if (!counts && this.#tags.size < MOST_TAGS) {
      counts = {
        key,
        spanCount: 0,
        distinct: new Set(),
        shapes: {},
        byteCount: 0,
      };
      this.#tags.set(key, counts);
    }
    this.#hasAll &&= counts !== undefined;
    return counts;
  }
}

export function byFrequency(a: TagCounts, b: TagCounts): number {
  return b.spanCount - a.spanCount || (a.key < b.key ? -1 : 1);
}

function textOf(value: AttributeValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
}

/** 53 bits by two rounds of multiplication (cyrb53): collisions are rare among thousands. */
function numberOf(text: string, salt: number): number {
  let high = 0xdeadbeef ^ salt;
  let low = 0x41c6ce57 ^ salt;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high =
    Math.imul(high ^ (high >>> 16), 2246822507) ^
    Math.imul(low ^ (low >>> 13), 3266489909);
  low =
    Math.imul(low ^ (low >>> 16), 2246822507) ^
    Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
