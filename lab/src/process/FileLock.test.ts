import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockHolder, withFileLock } from './FileLock';

describe('withFileLock', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'file-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lets one holder in at a time', async () => {
    const path = join(folder, 'new', 'a.lock');
    let inside = 0;
    let most = 0;
    const work = () =>
      withFileLock(path, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise(resolve => setImmediate(resolve));
        inside -= 1;
      });

    await Promise.all([work(), work(), work()]);

    expect(most).toBe(1);
    expect(existsSync(path)).toBe(false);
  });

  it('is given back when the work fails', async () => {
    const path = join(folder, 'a.lock');

    await expect(
      withFileLock(path, () => Promise.reject(new Error('no'))),
    ).rejects.toThrow('no');

    expect(existsSync(path)).toBe(false);
  });

  it('takes over from a holder that died', async () => {
    const path = join(folder, 'a.lock');
    writeFileSync(path, JSON.stringify({ pid: process.pid, startTicks: 1 }));

    expect(lockHolder(path)).toBeUndefined();
    await expect(withFileLock(path, async () => 'done')).resolves.toBe('done');
  });

  it('tells who holds it, and stops waiting on a signal', async () => {
    const path = join(folder, 'a.lock');
    const controller = new AbortController();
    let holder = 0;

    await withFileLock(path, async () => {
      await expect(
        withFileLock(path, async () => 'never', {
          signal: controller.signal,
          onWait: ({ pid }) => {
            holder = pid;
            controller.abort(new Error('given up'));
          },
        }),
      ).rejects.toThrow('given up');
    });

    expect(holder).toBe(process.pid);
  });
});
