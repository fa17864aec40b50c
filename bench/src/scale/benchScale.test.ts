import { benchScale } from './benchScale';
import { memoryDatabase } from './ReplicaDatabase';
import { SMALL_SIZE } from './ScaleSize';

jest.setTimeout(120_000);

/** Figures of time and memory say nothing on a small mesh. */
const COUNTED = ['', 'x'];

describe('benchScale', () => {
  it('measures a small mesh and two replicas, and finds each change and end once', async () => {
    const rows = await benchScale(SMALL_SIZE, memoryDatabase);
    const counted = rows.filter(
      ({ name, unit }) => COUNTED.includes(unit) && !name.startsWith('/owned'),
    );
    expect(rows.length).toBeGreaterThan(counted.length);
    expect(
      counted.filter(({ value, limit }) => value > (limit ?? Infinity)),
    ).toEqual([]);
    expect(rows.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
  });
});
