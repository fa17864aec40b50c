import { SharedWork } from './SharedWork';

function harness() {
  const forget = jest.fn();
  let signal!: AbortSignal;
  let resolve!: (value: string) => void;
  let reject!: (error: Error) => void;
  const work = SharedWork.start(given => {
    signal = given;
    return new Promise<string>((yes, no) => {
      resolve = yes;
      reject = no;
    });
  }, forget);
  return { work, forget, signal, resolve, reject };
}

describe('work that several wait for', () => {
  it('goes on while one of them waits, and ends when the last has left', async () => {
    const { work, forget, signal, reject } = harness();
    const [one, two] = [new AbortController(), new AbortController()];
    const first = work.join(one.signal);
    const second = work.join(two.signal);
    one.abort(new Error('one left'));
    await expect(first).rejects.toThrow('one left');
    expect(signal.aborted).toBe(false);
    two.abort(new Error('two left'));
    expect(signal.reason).toEqual(new Error('two left'));
    expect(forget).toHaveBeenCalledWith('abandoned');
    reject(new Error('stopped'));
    await expect(second).rejects.toThrow('stopped');
  });

  it('lets the last one wait until it has really ended, so that it is counted', async () => {
    const { work, reject } = harness();
    const gone = new AbortController();
    let isOver = false;
    const only = work.join(gone.signal).catch(() => {
      isOver = true;
    });
    gone.abort(new Error('left'));
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    reject(new Error('stopped'));
    await only;
    expect(isOver).toBe(true);
  });

  it('is never ended while somebody waits without a signal', async () => {
    const { work, signal, resolve } = harness();
    const gone = new AbortController();
    const patient = work.join();
    const other = work.join(gone.signal);
    gone.abort(new Error('left'));
    await expect(other).rejects.toThrow('left');
    expect(signal.aborted).toBe(false);
    resolve('done');
    expect(await patient).toBe('done');
  });

  it('gives the same answer to all, and to those who come late', async () => {
    const { work, resolve } = harness();
    const early = work.join(new AbortController().signal);
    resolve('done');
    expect(await early).toBe('done');
    expect(await work.join(new AbortController().signal)).toBe('done');
  });

  it('asks its holder to forget it when it has failed', async () => {
    const { work, forget, reject } = harness();
    const only = work.join();
    reject(new Error('away'));
    await expect(only).rejects.toThrow('away');
    expect(forget).toHaveBeenCalledWith('failed');
  });
});
