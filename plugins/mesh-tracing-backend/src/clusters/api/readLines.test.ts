import fc from 'fast-check';
import { readLines } from './readLines';

async function* chunksOf(bytes: Buffer, sizes: number[]) {
  let from = 0;
  for (let index = 0; from < bytes.length; index += 1) {
    const to = from + (sizes[index % sizes.length] ?? 1);
    yield bytes.subarray(from, to);
    from = to;
  }
}

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) {
    all.push(line);
  }
  return all;
}

describe('readLines', () => {
  it('yields the same lines wherever the bytes are split', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '𝄞', '"') })),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        async (lines, sizes) => {
          const bytes = Buffer.from(lines.map(line => `${line}\n`).join(''));
          expect(
            await collect(readLines(chunksOf(bytes, sizes), 1_000)),
          ).toEqual(lines.filter(line => line !== ''));
        },
      ),
    );
  });

  it('leaves out a line that was cut off', async () => {
    const bytes = Buffer.from('whole\nhal');
    expect(await collect(readLines(chunksOf(bytes, [4]), 100))).toEqual([
      'whole',
    ]);
  });

  it('refuses a line that is longer than its limit', async () => {
    const bytes = Buffer.alloc(100, 'x');
    await expect(collect(readLines(chunksOf(bytes, [10]), 50))).rejects.toThrow(
      'longer than 50 characters',
    );
  });
});
