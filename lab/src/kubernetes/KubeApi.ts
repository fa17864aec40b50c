import { readFileSync } from 'node:fs';
import { Agent, request as httpsRequest } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { readKubeconfig } from './kubeconfig';
import { resourcePath, type KubeObject } from './resourcePath';
import { join } from 'node:path';

/** What the API server answered. */
export interface KubeAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Parsed JSON, or the text where it is none. */
  body: unknown;
}

/** How an object is applied. */
export interface ApplyOptions {
  subresource?: 'status';
  fieldManager?: string;
  dryRun?: boolean;
}

const TIMEOUT_MS = 15_000;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The few requests to the Kubernetes API that a lab needs. */
export class KubeApi {
  readonly #server: string;
  readonly #token: string;
  readonly #agent: Agent;

  static fromKubeconfig(path: string): KubeApi {
    const { server, token, certificateAuthority } = readKubeconfig(
      readFileSync(path, 'utf8'),
    );
    return new KubeApi(server, token, certificateAuthority);
  }

  /** With the rights of the lab's administrator. */
  static asAdmin(stateFolder: string): KubeApi {
    return KubeApi.fromKubeconfig(join(stateFolder, 'admin.kubeconfig'));
  }

  private constructor(server: string, token: string, ca: string) {
    this.#server = server;
    this.#token = token;
    this.#agent = new Agent({ ca, keepAlive: true, maxSockets: 16 });
  }

  /** Sends one request; every status is an answer, not an error. */
  request(
    method: string,
    path: string,
    body?: object,
    contentType = 'application/json',
  ): Promise<KubeAnswer> {
    return new Promise((resolve, reject) => {
      const outgoing = httpsRequest(
        `${this.#server}${path}`,
        {
          method,
          agent: this.#agent,
          timeout: TIMEOUT_MS,
          headers: {
            authorization: `Bearer ${this.#token}`,
            accept: 'application/json',
            ...(body && { 'content-type': contentType }),
          },
        },
        response => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: parse(Buffer.concat(parts).toString('utf8')),
            }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.on('timeout', () =>
        outgoing.destroy(
          new Error(`kube-apiserver: ${path} took over ${TIMEOUT_MS} ms`),
        ),
      );
      outgoing.end(body && JSON.stringify(body));
    });
  }

  /**
   * Server-side apply.
   *
   * @throws Error with the API server's words when it refuses
   */
  async apply(
    object: KubeObject,
    options: ApplyOptions = {},
  ): Promise<KubeObject> {
    const { subresource, fieldManager = 'lab', dryRun } = options;
    const query = `?fieldManager=${fieldManager}&force=true${
      dryRun ? '&dryRun=All' : ''
    }`;
    const path = resourcePath(object) + (subresource ? `/${subresource}` : '');
    const answer = await this.request(
      'PATCH',
      path + query,
      object,
      'application/apply-patch+yaml',
    );
    if (answer.status >= 300) {
      const { message } = answer.body as { message?: string };
      throw new Error(
        `kube-apiserver refused ${object.kind} ${object.metadata.name} with ` +
          `${answer.status}: ${message ?? JSON.stringify(answer.body)}`,
      );
    }
    return answer.body as KubeObject;
  }

  /** Applies objects that don't depend on one another. */
  async applyAll(objects: KubeObject[]): Promise<void> {
    await Promise.all(objects.map(object => this.apply(object)));
  }

  /** A token of a ServiceAccount, from the TokenRequest API. */
  async createToken(
    namespace: string,
    serviceAccount: string,
    expirationSeconds: number,
  ): Promise<string> {
    const answer = await this.request(
      'POST',
      `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token`,
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds },
      },
    );
    const { status } = answer.body as { status?: { token?: string } };
    if (!status?.token) {
      throw new Error(
        `kube-apiserver issued no token for ${namespace}/${serviceAccount} ` +
          `(status ${answer.status})`,
      );
    }
    return status.token;
  }

  /** Closes the connections that are kept alive. */
  close(): void {
    this.#agent.destroy();
  }
}
