import { join } from 'node:path';
import { installDebianPackages, JAVA_PACKAGES } from './debianPackages.mjs';
import { root } from './paths.mjs';
import { ensurePrometheus } from './prometheus.mjs';
import { capture, run } from './run.mjs';
import { supportedEnvironment, supportedNode } from './supportedNode.mjs';
import { transformArguments } from './transform.mjs';

function labArguments(args) {
  return [...transformArguments(), join(root, 'lab', 'src', 'cli.ts'), ...args];
}

const environment = () => supportedEnvironment({ NODE_ENV: 'development' });

/** Runs a lab command with its output shown; answers the exit code. */
export function lab(...args) {
  return run(supportedNode(), labArguments(args), {
    cwd: root,
    env: environment(),
  });
}

/** What the lab is made of and where; see `LabStatus` in lab/src. */
export async function labStatus(name) {
  const { code, stdout, stderr } = await capture(
    supportedNode(),
    labArguments(['status', '--json', '--name', name]),
    { cwd: root, env: environment() },
  );
  if (code !== 0) throw new Error(`The lab's status is unknown: ${stderr}`);
  return JSON.parse(stdout);
}

/** The configuration and environment that serve the product on a lab. */
export function labProduct({ endpoints }) {
  const { production } = endpoints;
  return {
    configs: [
      'app-config.yaml',
      'app-config.lab.yaml',
      ...(production ? ['app-config.lab-production.yaml'] : []),
    ],
    env: {
      LAB_KUBECONFIG: endpoints.kubeconfig.portal,
      LAB_JAEGER_URL: endpoints.jaegerQuery,
      LAB_ISTIOD_DEBUG_URL: endpoints.istiodDebug,
      ...(production && { LAB_PROMETHEUS_URL: production.prometheus }),
    },
  };
}

async function missing(profile) {
  const { stdout } = await capture(
    supportedNode(),
    labArguments(['prerequisites', '--json', '--profile', profile]),
    { cwd: root, env: environment() },
  );
  return JSON.parse(stdout).missing;
}

/**
 * Names of what a lab of this profile needs and this machine lacks, each with how
 * to get it. What can be installed without asking is there afterwards.
 */
export async function missingForLab(profile = 'plain') {
  if (profile === 'production') await ensurePrometheus();
  const lacks = await missing(profile);
  const installed =
    profile === 'production' &&
    lacks.length > 0 &&
    (await installDebianPackages('Java', JAVA_PACKAGES));
  return installed ? missing(profile) : lacks;
}
