import { parse, stringify } from 'yaml';
import { z } from 'zod';

/** What it takes to speak to an API server. */
export interface KubeAccess {
  server: string;
  /** PEM. */
  certificateAuthority: string;
  token: string;
}

const kubeconfigSchema = z.object({
  clusters: z
    .array(
      z.object({
        cluster: z.object({
          server: z.string(),
          'certificate-authority-data': z.string(),
        }),
      }),
    )
    .length(1),
  users: z.array(z.object({ user: z.object({ token: z.string() }) })).length(1),
});

/** A kubeconfig with one cluster and one user, complete in itself. */
export function writeKubeconfig(user: string, access: KubeAccess): string {
  const { server, token, certificateAuthority } = access;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'lab',
    clusters: [
      {
        name: 'lab',
        cluster: {
          server,
          'certificate-authority-data':
            Buffer.from(certificateAuthority).toString('base64'),
        },
      },
    ],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user } }],
  });
}

/** Reads what {@link writeKubeconfig} wrote. */
export function readKubeconfig(text: string): KubeAccess {
  const { clusters, users } = kubeconfigSchema.parse(parse(text));
  const [cluster] = clusters;
  const [user] = users;
  if (!cluster || !user) {
    throw new Error('The kubeconfig has no cluster or no user.');
  }
  return {
    server: cluster.cluster.server,
    certificateAuthority: Buffer.from(
      cluster.cluster['certificate-authority-data'],
      'base64',
    ).toString('utf8'),
    token: user.user.token,
  };
}
