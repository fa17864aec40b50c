import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** What a starter needs of the lab's secrets. */
export interface LabCredentials {
  /** PEM of the authority that signed the API server's certificate. */
  certificateAuthority: string;
  adminToken: string;
}

/** No lab lives longer. */
export const VALID_DAYS = 30;

function writeSecret(folder: string, file: string, content: string): void {
  writeFileSync(join(folder, file), content, { mode: 0o600 });
}

/**
 * Issues throw-away credentials into `<stateFolder>/certificates`: an
 * authority, the API server's serving certificate for one IP address, the key
 * pair that signs service account tokens, and an administrator's token.
 */
export async function createCertificates(
  stateFolder: string,
  apiServerAddress: string,
): Promise<LabCredentials> {
  const folder = join(stateFolder, 'certificates');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const common = {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + VALID_DAYS * 86_400_000),
  } as const;
  const authority = await generate([{ name: 'commonName', value: 'lab-ca' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const serving = await generate(
    [{ name: 'commonName', value: 'kube-apiserver' }],
    {
      ...common,
      ca: { key: authority.private, cert: authority.cert },
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'keyUsage', digitalSignature: true },
        { name: 'extKeyUsage', serverAuth: true },
        {
          name: 'subjectAltName',
          altNames: [
            { type: 7, ip: apiServerAddress },
            { type: 2, value: 'kubernetes.default.svc' },
          ],
        },
      ],
    },
  );
  const serviceAccount = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const adminToken = randomBytes(24).toString('hex');
  writeSecret(folder, 'apiserver.crt', serving.cert);
  writeSecret(folder, 'apiserver.key', serving.private);
  writeSecret(folder, 'service-account.key', serviceAccount.privateKey);
  writeSecret(folder, 'service-account.pub', serviceAccount.publicKey);
  writeSecret(
    folder,
    'tokens.csv',
    `${adminToken},admin,admin,system:masters\n`,
  );
  return { certificateAuthority: authority.cert, adminToken };
}
