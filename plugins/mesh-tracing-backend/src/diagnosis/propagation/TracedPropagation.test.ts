import type { EntityContext } from '../../shared/EntityContext';
import { workload } from '../../testing/mesh/workload';
import { TracedPropagation } from './TracedPropagation';

describe('the propagation of an entity of several workloads', () => {
  it('is computed once for the ladders of a look, and anew for the next', async () => {
    const of = jest.fn(async () => {
      throw new Error('away');
    });
    const judge = TracedPropagation.create({ answers: { of } });
    const context = {} as EntityContext;
    const look = (window: { startTimeMs: number; endTimeMs: number }) =>
      Promise.allSettled(
        ['checkout', 'cart'].map(name =>
          judge.judge({
            context,
            window,
            workload: workload(name),
            tracesReadable: true,
          }),
        ),
      );

    const told = await look({ startTimeMs: 0, endTimeMs: 1 });
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(of).toHaveBeenCalledTimes(1);

    await look({ startTimeMs: 0, endTimeMs: 1 });
    expect(of).toHaveBeenCalledTimes(2);
  });
});
