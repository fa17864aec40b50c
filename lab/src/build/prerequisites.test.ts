import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrograms } from './buildPrograms';
import { prerequisites } from './prerequisites';
import { programFolder, PROGRAMS } from './programs';

describe('prerequisites', () => {
  const { PATH, XDG_CACHE_HOME } = process.env;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lab-cache-'));
    process.env.PATH = folder;
    process.env.XDG_CACHE_HOME = folder;
  });
  afterEach(() => {
    process.env.PATH = PATH;
    if (XDG_CACHE_HOME === undefined) {
      delete process.env.XDG_CACHE_HOME;
    } else {
      process.env.XDG_CACHE_HOME = XDG_CACHE_HOME;
    }
    rmSync(folder, { recursive: true });
  });

  it('names each missing toolchain and how to have it', () => {
    const { present, missing } = prerequisites();

    expect(present).toBe(false);
    expect(missing.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^Go /),
      expect.stringMatching(/^Python 3/),
    ]);
    expect(missing.every(({ how }) => how.startsWith('install'))).toBe(true);
  });

  it('needs Java, Maven and Prometheus for the production profile alone', () => {
    const plain = prerequisites().missing;

    const more = prerequisites('production').missing.slice(plain.length);

    expect(more.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^Java 17/),
      'Prometheus',
      'Maven',
    ]);
    expect(more.every(({ how }) => how.includes('package'))).toBe(true);
  });

  it('stops a build before it begins', async () => {
    await expect(buildPrograms()).rejects.toThrow(/can't be built.*\n.*Go 1/);
  });

  it('asks for no toolchain once everything is built', async () => {
    for (const program of PROGRAMS) {
      mkdirSync(programFolder(program), { recursive: true });
    }

    expect(prerequisites()).toEqual({ present: true, missing: [] });
    await expect(buildPrograms()).resolves.toBeUndefined();
  });

  it('keeps each version apart', () => {
    const [program] = PROGRAMS;
    if (program?.source.kind !== 'go') {
      throw new Error('etcd is built from source');
    }
    const source = { ...program.source, ldflags: '' };

    expect(programFolder({ ...program, source })).not.toBe(
      programFolder(program),
    );
  });
});
