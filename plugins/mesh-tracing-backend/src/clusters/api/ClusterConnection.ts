import { KubeConfig } from '@kubernetes/client-node';
import { InputError } from '@backstage/errors';
import { withoutEnd } from 'backstage-plugin-mesh-tracing-common';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { ClusterConnectionConfig } from '../ClusterConfig';
import { isPlainText, plainTextRefusal } from '../../shared/plainText';
import { ApiServerError } from './ApiServerError';

/** Everything of a request that the connection decides. */
export interface ConnectionOptions {
  /** Without a trailing slash. */
  server: string;
  headers: Record<string, string>;
  auth?: string;
  /** An agent that keeps connections open and uses them again. */
  agent: http.Agent;
  /**
   * Opens a new connection each time. Writes use it: if a write goes out on a kept
   * connection just when the server closes that, nobody knows whether it was
   * carried out.
   */
  freshAgent: http.Agent;
}

interface Agents {
  agent: http.Agent;
  freshAgent: http.Agent;
}

const MAX_SOCKETS = 64;
const TLS_OPTIONS = [
  'ca',
  'cert',
  'key',
  'rejectUnauthorized',
  'servername',
] as const;

/**
 * The address of one API server and the portal's credentials for it. Files
 * (kubeconfig, token) are read again when they change, and connections are
 * pooled until the TLS material changes.
 */
export class ClusterConnection {
  readonly #config: ClusterConnectionConfig;
  #kubeConfig: KubeConfig;
  #kubeConfigVersion: string | undefined;
  #agents: Agents | undefined;
  #agentKey: string | undefined;

  /** @throws InputError when the connection can not work as configured. */
  static create(config: ClusterConnectionConfig): ClusterConnection {
    return new ClusterConnection(config);
  }

  private constructor(config: ClusterConnectionConfig) {
    this.#config = config;
    this.#kubeConfigVersion = this.#fileVersion();
    this.#kubeConfig = loadKubeConfig(config);
  }

  /** Whether the credentials can be read on the way to the API server. */
  get isPlainText(): boolean {
    const cluster = this.#kubeConfig.getCurrentCluster();
    return cluster !== null && isPlainText(cluster.server);
  }

  /** @throws ApiServerError of kind `credentials`. */
  async options(): Promise<ConnectionOptions> {
    this.#reload();
    const cluster = this.#kubeConfig.getCurrentCluster();
    if (!cluster) {
      throw new ApiServerError('credentials', 'the kubeconfig has no cluster');
    }
    const options: https.RequestOptions = { headers: {} };
    try {
      await this.#kubeConfig.applyToHTTPSOptions(options);
      this.#applyTokenFile(options);
    } catch {
      throw new ApiServerError(
        'credentials',
        'the credentials for the API server could not be read',
      );
    }
    return {
      server: withoutEnd(cluster.server, '/'),
      headers: stringHeaders(options.headers),
      ...(options.auth ? { auth: options.auth } : {}),
      ...this.#pooledAgents(options, cluster),
    };
  }

  close(): void {
    this.#agents?.agent.destroy();
    this.#agents?.freshAgent.destroy();
    this.#agents = undefined;
    this.#agentKey = undefined;
  }

  #applyTokenFile(options: https.RequestOptions): void {
    if (this.#config.type === 'serviceAccount' && this.#config.tokenFile) {
      const token = readFileSync(this.#config.tokenFile, 'utf8').trim();
      options.headers = {
        ...stringHeaders(options.headers),
        Authorization: `Bearer ${token}`,
      };
    }
  }

  #fileVersion(): string | undefined {
    if (this.#config.type !== 'kubeconfig') {
      return undefined;
    }
    try {
      const { mtimeMs, ino, size } = statSync(this.#config.path);
      return `${mtimeMs}/${ino}/${size}`;
    } catch {
      return undefined;
    }
  }

  /** A kubeconfig that is half written or missing leaves the former one in force. */
  #reload(): void {
    const version = this.#fileVersion();
    if (version === undefined || version === this.#kubeConfigVersion) {
      return;
    }
    try {
      this.#kubeConfig = loadKubeConfig(this.#config);
      this.#kubeConfigVersion = version;
    } catch {
      // The next request reads the file again.
    }
  }

  #pooledAgents(
    options: https.RequestOptions,
    cluster: { server: string; proxyUrl?: string },
  ): Agents {
    const tls = Object.fromEntries(
      TLS_OPTIONS.map(name => [name, options[name]]),
    );
    const key = createHash('sha256')
      .update(JSON.stringify([cluster.server, cluster.proxyUrl, tls]))
      .digest('hex');
    if (!this.#agents || this.#agentKey !== key) {
      this.#agents = newAgents(options, tls, cluster);
      this.#agentKey = key;
    }
    return this.#agents;
  }
}

function newAgents(
  options: https.RequestOptions,
  tls: https.AgentOptions,
  cluster: { server: string; proxyUrl?: string },
): Agents {
  if (cluster.proxyUrl && options.agent instanceof http.Agent) {
    return { agent: options.agent, freshAgent: options.agent };
  }
  const pool = { keepAlive: true, maxSockets: MAX_SOCKETS };
  return cluster.server.startsWith('http:')
    ? { agent: new http.Agent(pool), freshAgent: new http.Agent() }
    : {
        agent: new https.Agent({ ...tls, ...pool }),
        freshAgent: new https.Agent(tls),
      };
}

function stringHeaders(
  headers: https.RequestOptions['headers'],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
}

function loadKubeConfig(config: ClusterConnectionConfig): KubeConfig {
  const kubeConfig = new KubeConfig();
  switch (config.type) {
    case 'kubeconfig':
      loadFile(kubeConfig, config.path, config.context);
      break;
    case 'inCluster':
      loadInCluster(kubeConfig);
      break;
    default:
      kubeConfig.loadFromClusterAndUser(
        {
          name: 'cluster',
          server: config.url,
          skipTLSVerify: false,
          ...(config.caData ? { caData: config.caData } : {}),
          ...(config.caFile ? { caFile: config.caFile } : {}),
        },
        { name: 'user', ...(config.token ? { token: config.token } : {}) },
      );
  }
  if (!config.allowPlainText) {
    refusePlainText(kubeConfig);
  }
  acceptPlainText(kubeConfig);
  return kubeConfig;
}

function loadFile(kubeConfig: KubeConfig, path: string, context?: string) {
  try {
    kubeConfig.loadFromFile(path);
  } catch {
    throw new InputError(
      `The kubeconfig '${path}' could not be read; check the path and that it is a kubeconfig`,
    );
  }
  if (context !== undefined) {
    if (!kubeConfig.getContextObject(context)) {
      throw new InputError(
        `The kubeconfig '${path}' has no context '${context}'; it has ${
          kubeConfig
            .getContexts()
            .map(({ name }) => name)
            .join(', ') || 'none'
        }`,
      );
    }
    kubeConfig.setCurrentContext(context);
  }
  if (!kubeConfig.getCurrentCluster()) {
    throw new InputError(
      `The kubeconfig '${path}' has no current cluster; set current-context in it, or context in the configuration`,
    );
  }
}

function loadInCluster(kubeConfig: KubeConfig): void {
  if (!process.env.KUBERNETES_SERVICE_HOST) {
    throw new InputError(
      'Connection type inCluster works in a Kubernetes pod only, and this process runs in none; use kubeconfig or serviceAccount',
    );
  }
  kubeConfig.loadFromCluster();
}

/** Plain HTTP is for `kubectl proxy` on this machine, not for a token on a network. */
function refusePlainText(kubeConfig: KubeConfig): void {
  const cluster = kubeConfig.getCurrentCluster();
  if (cluster && isPlainText(cluster.server)) {
    throw new InputError(
      `The address of the API server ${plainTextRefusal('the credentials')}`,
    );
  }
}

/**
 * The Kubernetes client refuses http unless TLS verification is off; over http there
 * is no certificate to check.
 */
function acceptPlainText(kubeConfig: KubeConfig): void {
  const cluster = kubeConfig.getCurrentCluster();
  if (cluster?.server.startsWith('http:')) {
    Object.assign(cluster, { skipTLSVerify: true });
  }
}
