import { StringDecoder } from 'node:string_decoder';

/**
 * The lines of a stream of bytes, as they arrive.
 *
 * @throws Error when one line is longer than `maxLength` characters
 */
export async function* readLines(
  stream: AsyncIterable<Buffer>,
  maxLength: number,
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let pending: string[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const parts = decoder.write(chunk).split('\n');
    for (const [index, part] of parts.entries()) {
      pending.push(part);
      length += part.length;
      if (length > maxLength) {
        throw new Error(`A line is longer than ${maxLength} characters`);
      }
      if (index < parts.length - 1) {
        const line = pending.join('');
        pending = [];
        length = 0;
        if (line.trim()) {
          yield line;
        }
      }
    }
  }
}
