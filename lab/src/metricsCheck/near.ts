import assert from 'node:assert/strict';

/** @throws AssertionError unless a figure is as expected, within a share of it. */
export function assertNear(
  actual: number | null | undefined,
  expected: number,
  tolerance: number,
  what: string,
): void {
  assert.ok(
    typeof actual === 'number' &&
      Math.abs(actual - expected) <= tolerance * Math.abs(expected),
    `${what} is ${actual}, expected ${expected} ± ${tolerance * 100} %`,
  );
}
