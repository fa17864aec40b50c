import { valueOf, within } from './within';
import { whyUnread } from './whyUnread';

describe('a source of a ladder', () => {
  it('tells what it knows', async () => {
    expect(valueOf(await within(async () => 7, undefined))).toBe(7);
  });

  it('that fails tells why, in a sentence', async () => {
    const told = await within(async () => {
      throw new Error('no route');
    }, undefined);
    expect(valueOf(told)).toBeUndefined();
    expect(whyUnread('Prometheus', told)).toEqual(['Prometheus: no route']);
  });

  it('that never answers is left after its time, whether it knows signals or not', async () => {
    const told = await within(() => new Promise<never>(() => {}), undefined, 5);
    expect(whyUnread('Prometheus', told)).toEqual([
      'Prometheus did not answer within 5 s.',
    ]);
  });

  it('is given up at once with the caller', async () => {
    const caller = new AbortController();
    const told = within(() => new Promise<never>(() => {}), caller.signal);
    caller.abort(new Error('gone'));
    await expect(told).rejects.toThrow('gone');
  });
});
