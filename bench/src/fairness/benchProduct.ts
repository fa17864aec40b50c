import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';

/** Benches run from the root. */
const ROOT = process.cwd();
const START_LIMIT_MS = 120_000;
const CONFIGS = ['app-config.yaml', 'app-config.demo.yaml'];

/** Who is signed in. */
export interface BenchUser {
  token: string;
}

/** The backend on the embedded mesh, in a process of its own. */
export interface BenchProduct {
  signIn(user: 'guest' | 'olivia'): Promise<BenchUser>;
  /** Reads below `/entities/component/default`; fails on anything but 200. */
  get(user: BenchUser, below: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the product as `npm start` does, without its pages. */
export async function benchProduct(): Promise<BenchProduct> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      'src/index.ts',
      ...CONFIGS.flatMap(file => ['--config', path.join(ROOT, file)]),
    ],
    {
      cwd: path.join(ROOT, 'packages', 'backend'),
      stdio: 'ignore',
      env: {
        ...process.env,
        APP_CONFIG_app_baseUrl: JSON.stringify(url),
        APP_CONFIG_backend_baseUrl: JSON.stringify(url),
        APP_CONFIG_backend_listen_port: String(port),
      },
    },
  );
  const stop = async () => {
    if (child.exitCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    }
  };
  const product: BenchProduct = {
    signIn: user => signIn(url, user),
    get: (user, below) => get(url, user, below),
    stop,
  };
  try {
    await ready(product, () => child.exitCode !== null);
    return product;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function signIn(
  url: string,
  user: 'guest' | 'olivia',
): Promise<BenchUser> {
  const provider = user === 'guest' ? 'guest' : 'demo';
  const response = await fetch(`${url}/api/auth/${provider}/refresh`, {
    headers: {
      'x-requested-with': 'XMLHttpRequest',
      'x-demo-user': `user:default/${user}`,
    },
  });
  if (!response.ok) {
    throw new Error(`Signing in as ${user} was answered ${response.status}`);
  }
  const { backstageIdentity } = (await response.json()) as {
    backstageIdentity: BenchUser;
  };
  return { token: backstageIdentity.token };
}

async function get(
  url: string,
  { token }: BenchUser,
  below: string,
): Promise<void> {
  const response = await fetch(
    `${url}/api/mesh-tracing/v1/entities/component/default/${below}`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  await response.arrayBuffer();
  if (response.status !== 200) {
    throw new Error(`${below} was answered ${response.status}`);
  }
}

/** Until the catalog knows the shop and its traces have come. */
async function ready(
  product: BenchProduct,
  hasEnded: () => boolean,
): Promise<void> {
  const limit = performance.now() + START_LIMIT_MS;
  for (;;) {
    try {
      const user = await product.signIn('olivia');
      await product.get(user, 'cart/workloads');
      await product.get(user, 'loyalty/latency');
      return;
    } catch (error) {
      if (hasEnded() || performance.now() > limit) {
        throw new Error('The product did not start', { cause: error });
      }
      await new Promise(resolve => {
        setTimeout(resolve, 500);
      });
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
