import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recording } from './recording';

/** A file with the recording, and how to remove it. */
export async function recordedFile() {
  const folder = await mkdtemp(join(tmpdir(), 'mesh-tracing-recorded-'));
  const file = join(folder, 'cluster.json');
  await writeFile(file, JSON.stringify(recording));
  return { file, remove: () => rm(folder, { recursive: true }) };
}
