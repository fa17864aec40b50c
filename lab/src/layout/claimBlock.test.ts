import { once } from 'node:events';
import { createServer } from 'node:net';
import { blockCandidates } from './blockCandidates';
import { claimBlock, isBlockFree } from './claimBlock';
import { createLabLayout, PORTS } from './LabLayout';

const name = `claim-test-${process.pid}`;

describe('claimBlock', () => {
  it('takes the first block that is free', async () => {
    const [first] = blockCandidates(name, 1);

    await expect(claimBlock(name, new Set())).resolves.toBe(first);
  });

  it('passes over blocks of other labs, running or not', async () => {
    const [first = '', second] = blockCandidates(name, 2);

    await expect(claimBlock(name, new Set([first]))).resolves.toBe(second);
  });

  it('passes over a block in which anything listens', async () => {
    const [first = '', second] = blockCandidates(name, 2);
    const server = createServer();
    server.listen(PORTS.jaegerQuery, createLabLayout(first).jaegerAddress);
    await once(server, 'listening');
    try {
      await expect(isBlockFree(first)).resolves.toBe(false);
      await expect(claimBlock(name, new Set())).resolves.toBe(second);
    } finally {
      server.close();
    }
  });

  it('says what it needs when no block is free', async () => {
    const all = new Set(blockCandidates(name, 64));

    await expect(claimBlock(name, all)).rejects.toThrow(
      /no free block of loopback addresses/,
    );
  });
});
