import { createHash } from 'node:crypto';

const SECOND_OCTETS = { first: 80, count: 40 };
const THIRD_OCTETS = { first: 1, count: 254 };

/**
 * Blocks of loopback addresses to try for a lab, best first. A lab's name
 * always begins at the same block, so its addresses usually stay the same from
 * one start to the next; other names begin elsewhere.
 */
export function blockCandidates(name: string, count: number): string[] {
  const start = createHash('sha256').update(name).digest().readUInt32BE(0);
  const total = SECOND_OCTETS.count * THIRD_OCTETS.count;
  return Array.from({ length: count }, (_, offset) => {
    const index = (start + offset) % total;
    const second = SECOND_OCTETS.first + Math.floor(index / THIRD_OCTETS.count);
    const third = THIRD_OCTETS.first + (index % THIRD_OCTETS.count);
    return `127.${second}.${third}`;
  });
}
