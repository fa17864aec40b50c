import { overrideView, ownedResponse } from '../testing';
import { ownedRows } from './ownedRows';

describe('the override of an owned entity', () => {
  it('is the one that ends first; one that another tool manages never ends by itself', () => {
    const response = ownedResponse();
    const [entity] = response.entities;
    const [workload] = entity!.workloads;
    const overrides = [
      overrideView({
        uid: 'managed',
        managedBy: 'flux',
        expiresAt: '2026-11-20T12:00:00Z',
      }),
      overrideView({
        uid: 'later',
        expiresAt: '2026-11-20T13:00:00Z',
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
