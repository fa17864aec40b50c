import { overrideView, ownedResponse } from '../testing';
import { ownedRows } from './ownedRows';

describe('the override of an owned entity', () => {
  it('is the one that ends first; one that another tool manages never does', () => {
    const response = ownedResponse();
    const [entity] = response.entities;
    const [workload] = entity!.workloads;
    const overrides = [
      overrideView({ uid: 'managed', managedBy: 'flux' }),
      overrideView({
        uid: 'later',
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      }),
    ];
    const [row] = ownedRows({
      ...response,
      entities: [
        {
          ...entity!,
          workloads: overrides.map(override => ({ ...workload!, override })),
        },
      ],
    });
    expect(row?.override?.uid).toBe('later');
  });
});
