import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificates } from './createCertificates';

describe('createCertificates', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('signs a certificate for the address of the API server', async () => {
    const { certificateAuthority } = await createCertificates(
      folder,
      '127.93.7.1',
    );
    const authority = new X509Certificate(certificateAuthority);
    const serving = new X509Certificate(
      readFileSync(join(folder, 'certificates', 'apiserver.crt')),
    );

    expect(authority.ca).toBe(true);
    expect(serving.verify(authority.publicKey)).toBe(true);
    expect(serving.checkIP('127.93.7.1')).toBe('127.93.7.1');
    expect(serving.checkIP('127.93.7.2')).toBeUndefined();
  });

  it('makes a new administrator each time, readable by its owner', async () => {
    const first = await createCertificates(folder, '127.93.7.1');
    const second = await createCertificates(folder, '127.93.7.1');
    const file = join(folder, 'certificates', 'tokens.csv');

    expect(second.adminToken).not.toBe(first.adminToken);
    expect(readFileSync(file, 'utf8')).toContain(second.adminToken);
    expect(statSync(file).mode % 0o100).toBe(0);
  });
});
