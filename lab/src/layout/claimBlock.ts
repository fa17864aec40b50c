import { createServer } from 'node:net';
import { blockCandidates } from './blockCandidates';
import { createLabLayout, listenAddresses } from './LabLayout';

const ATTEMPTS = 64;

function canBind(address: { host: string; port: number }): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ ...address, exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}

/** True when nothing listens on any address that a lab in this block needs. */
export async function isBlockFree(block: string): Promise<boolean> {
  const answers = await Promise.all(
    listenAddresses(createLabLayout(block)).map(canBind),
  );
  return answers.every(Boolean);
}

/**
 * Finds a block of loopback addresses for a lab.
 *
 * @param name - the lab's name
 * @param taken - blocks that other labs have claimed, running or not yet
 * @throws Error when no block is free
 */
export async function claimBlock(
  name: string,
  taken: ReadonlySet<string>,
): Promise<string> {
  for (const block of blockCandidates(name, ATTEMPTS)) {
    if (!taken.has(block) && (await isBlockFree(block))) {
      return block;
    }
  }
  throw new Error(
    `The lab found no free block of loopback addresses in ${ATTEMPTS} tries. ` +
      'It needs 127.0.0.0/8 on the loopback interface, as Linux has it; see ' +
      '`yarn lab status` for labs that run already.',
  );
}
