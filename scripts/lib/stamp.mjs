import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Does `work` unless the stamp file says that it was done for this value. */
export async function unlessStamped(file, value, work) {
  let stamped;
  try {
    stamped = readFileSync(file, 'utf8');
  } catch {
    stamped = undefined;
  }
  if (stamped === value) return false;
  await work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, value);
  return true;
}
