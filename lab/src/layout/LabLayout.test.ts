import { createLabLayout, listenAddresses } from './LabLayout';

const texts = (block: string) =>
  listenAddresses(createLabLayout(block)).map(
    ({ host, port }) => `${host}:${port}`,
  );

describe('createLabLayout', () => {
  it('gives each listener an address of its own', () => {
    const addresses = texts('127.93.7');

    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('stays inside its block, so that two labs never meet', () => {
    const first = texts('127.93.7');
    const second = new Set(texts('127.93.8'));

    expect(first.every(address => address.startsWith('127.93.7.'))).toBe(true);
    expect(first.some(address => second.has(address))).toBe(false);
  });

  it('has two versions of reviews and one of the others', () => {
    const { sidecars } = createLabLayout('127.93.7');

    expect(sidecars.map(({ name }) => name)).toEqual([
      'frontend-v1',
      'details-v1',
      'reviews-v1',
      'reviews-v2',
      'ratings-v1',
    ]);
  });
});
