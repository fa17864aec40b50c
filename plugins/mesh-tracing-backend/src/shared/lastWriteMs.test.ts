import { lastWriteMs } from './lastWriteMs';

const object = (creationTimestamp?: string, ...times: string[]) => ({
  metadata: {
    namespace: 'shop',
    name: 'cart',
    creationTimestamp,
    managedFields: times.map(time => ({ time })),
  },
});

describe('when an object was last written', () => {
  it('is the latest of its creation and the writes of its field managers', () => {
    const created = '2026-01-01T00:00:00Z';
    const edited = '2026-01-02T00:00:00Z';
    expect(lastWriteMs(object(created))).toBe(Date.parse(created));
    expect(lastWriteMs(object(created, edited, created))).toBe(
      Date.parse(edited),
    );
  });

  it('is unknown where the object has no readable time', () => {
    expect(lastWriteMs(object())).toBeUndefined();
    expect(lastWriteMs(object('yesterday', ''))).toBeUndefined();
  });
});
