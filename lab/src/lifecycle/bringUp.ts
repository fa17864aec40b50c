import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CRD_FOLDER, program, programFolder } from '../build/programs';
import {
  createCertificates,
  VALID_DAYS,
  type LabCredentials,
} from '../certificates/createCertificates';
import { apiServerUrl } from '../components/kubeApiServer';
import { envoyNames, labComponent } from '../components/labComponents';
import { storeComponents } from '../components/storeComponents';
import { frontendUrl, gatewayUrl, PRODUCT_PATH } from '../components/traffic';
import { clusterObjects, namespaces } from '../kubernetes/clusterObjects';
import {
  istioObjects,
  validatingWebhooks,
  WEBHOOK_NAMES,
} from '../kubernetes/istioObjects';
import { KubeApi, type KubeAnswer } from '../kubernetes/KubeApi';
import { writeKubeconfig } from '../kubernetes/kubeconfig';
import {
  readCustomResourceDefinitions,
  readManifest,
} from '../kubernetes/manifests';
import { meshWorkloads } from '../kubernetes/meshWorkloads';
import { resourcePath } from '../kubernetes/resourcePath';
import {
  applyWorkload,
  deployedWorkload,
  istiodWorkload,
} from '../kubernetes/workloadObjects';
import type { LabLayout } from '../layout/LabLayout';
import { httpGet } from '../process/httpGet';
import { startProcess, waitUntil, waitUntilReady } from './componentProcess';

/** As long as the certificates of a lab are valid. */
const TOKEN_SECONDS = VALID_DAYS * 86_400;

/** A start that is under way. */
export interface BringUp {
  layout: LabLayout;
  folder: string;
  signal: AbortSignal;
  /** Tells how far the start has come. */
  mark: (what: string) => void;
}

/** Starts components at once; resolves with the wait until all are ready. */
function begin(run: BringUp, ...names: string[]): () => Promise<void> {
  const waits = names.map(name => {
    const spec = labComponent(name, run.layout, run.folder);
    const identity = startProcess(run.folder, spec);
    return () => waitUntilReady(run.folder, spec, identity, run.signal);
  });
  return async () => {
    await Promise.all(waits.map(wait => wait()));
  };
}

async function waitForNeeds(run: BringUp, names: string[]): Promise<void> {
  for (const name of names) {
    const { needs } = labComponent(name, run.layout, run.folder);
    if (needs) {
      await waitUntil(`what ${name} needs`, needs, run.signal);
    }
  }
}

function saveKubeconfig(
  run: BringUp,
  user: string,
  credentials: LabCredentials,
  token = credentials.adminToken,
): void {
  writeFileSync(
    join(run.folder, `${user}.kubeconfig`),
    writeKubeconfig(user, {
      server: apiServerUrl(run.layout),
      certificateAuthority: credentials.certificateAuthority,
      token,
    }),
    { mode: 0o600 },
  );
}

function isEstablished({ body }: KubeAnswer): boolean {
  const { status } = body as {
    status?: { conditions?: Array<{ type: string; status: string }> };
  };
  const conditions = status?.conditions ?? [];
  return conditions.some(
    ({ type, status: value }) => type === 'Established' && value === 'True',
  );
}

async function applyDefinitions(run: BringUp, api: KubeApi): Promise<void> {
  const definitions = readCustomResourceDefinitions(
    join(programFolder(program('istiod')), CRD_FOLDER),
  );
  await Promise.all(
    definitions.map(async definition => {
      await api.apply(definition);
      await waitUntil(
        `the definition ${definition.metadata.name}`,
        async () =>
          isEstablished(await api.request('GET', resourcePath(definition))),
        run.signal,
      );
    }),
  );
}

async function applyMesh(run: BringUp, api: KubeApi): Promise<void> {
  const { layout } = run;
  await api.applyAll(clusterObjects(layout));
  await Promise.all([
    ...meshWorkloads(layout).map(workload =>
      applyWorkload(api, deployedWorkload(workload)),
    ),
    applyWorkload(api, istiodWorkload(layout.controlAddress)),
  ]);
  run.mark('workloads, services and mesh configuration written');
  // Before any Envoy connects: it would bind Istio's default listeners first,
  // and trace by Istio's default sampling for a moment.
  await api.applyAll([
    ...istioObjects(layout),
    ...readManifest('telemetries.yaml'),
  ]);
  await api.applyAll(validatingWebhooks(layout));
  run.mark('Istio objects and webhooks written');
}

function isFailClosed(body: unknown): boolean {
  const { webhooks } = body as {
    webhooks?: Array<{
      failurePolicy: string;
      clientConfig: { caBundle?: string };
    }>;
  };
  return (webhooks ?? []).every(
    ({ failurePolicy, clientConfig }) =>
      failurePolicy === 'Fail' && Boolean(clientConfig.caBundle),
  );
}

async function waitForWebhooks(run: BringUp, api: KubeApi): Promise<void> {
  await waitUntil(
    'istiod to make its webhooks fail closed',
    async () => {
      const answers = await Promise.all(
        WEBHOOK_NAMES.map(name =>
          api.request(
            'GET',
            `/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/${name}`,
          ),
        ),
      );
      return answers.every(
        ({ status, body }) => status === 200 && isFailClosed(body),
      );
    },
    run.signal,
  );
}

async function waitForPages(run: BringUp): Promise<void> {
  for (const url of [gatewayUrl(run.layout), frontendUrl(run.layout)]) {
    await waitUntil(
      `the first page from ${url}`,
      async () => (await httpGet(`${url}${PRODUCT_PATH}`)).status === 200,
      run.signal,
      30_000,
    );
  }
}

/**
 * Starts every part of a lab in an empty state folder, in the order that their
 * needs ask for.
 */
export async function bringUp(run: BringUp): Promise<void> {
  const { layout, folder, mark } = run;
  const store = storeComponents(layout);
  const firstReady = begin(run, 'etcd', ...store.first, 'bookinfo');
  const credentials = await createCertificates(folder, layout.controlAddress);
  saveKubeconfig(run, 'admin', credentials);
  mark('certificates issued');
  // It retries until etcd answers, so that both can start together.
  await begin(run, 'kube-apiserver')();
  mark('kube-apiserver ready');
  const api = KubeApi.asAdmin(folder);
  try {
    await api.applyAll(namespaces());
    await Promise.all([
      applyDefinitions(run, api),
      api.applyAll([
        ...readManifest('portal-rbac.yaml'),
        ...readManifest('portal-admission.yaml'),
        ...readManifest('istiod-rbac.yaml'),
      ]),
    ]);
    const [portal, istiod] = await Promise.all([
      api.createToken('backstage', 'mesh-tracing', TOKEN_SECONDS),
      api.createToken('istio-system', 'istiod', TOKEN_SECONDS),
    ]);
    saveKubeconfig(run, 'portal', credentials, portal);
    saveKubeconfig(run, 'istiod', credentials, istiod);
    mark('custom resource definitions and accounts written');
    await applyMesh(run, api);
    await begin(run, 'istiod')();
    mark('istiod ready');
    const envoysReady = begin(run, ...envoyNames(layout));
    await waitForWebhooks(run, api);
    mark('validating webhooks fail closed');
    await Promise.all([envoysReady(), firstReady()]);
    mark(`Envoys live, ${store.first.join(', ')} ready`);
  } finally {
    api.close();
  }
  if (store.then.length > 0) {
    await waitForNeeds(run, store.then);
    await begin(run, ...store.then)();
    mark(`${store.then.join(', ')} ready`);
  }
  await waitForPages(run);
  mark('first page through the mesh');
}
