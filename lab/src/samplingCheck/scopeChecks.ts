import type {
  PreviewResponse,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { KubeApi } from '../kubernetes/KubeApi';
import { APP_NAMESPACE, ROOT_NAMESPACE } from '../kubernetes/meshWorkloads';
import { waitUntil } from '../lifecycle/componentProcess';
import { IstiodDebug } from '../checks/IstiodDebug';
import { message, telemetriesPath } from '../checks/CheckedLab';
import type { SamplingHarness } from './SamplingHarness';

const NAME = 'mesh-tracing-namespace';
const NAMESPACE = {
  user: 'user:default/petra',
  workload: 'details-v1',
  scope: 'namespace',
} as const;
const MESH = { ...NAMESPACE, scope: 'mesh' } as const;
const PERCENT = 42;
const HOUR_MS = 60 * 60_000;

/** Changes of a whole namespace and of the mesh. */
export async function checkScopes(harness: SamplingHarness): Promise<void> {
  await checkHandover(harness);
  await without(harness, APP_NAMESPACE, 'namespace-tracing', () =>
    checkNamespace(harness),
  );
  await without(harness, ROOT_NAMESPACE, 'mesh-default-tracing', () =>
    checkMesh(harness),
  );
}

/** Beside another Telemetry for the whole namespace, Istio ignores one of the two. */
async function checkHandover(harness: SamplingHarness): Promise<void> {
  const { admin, checks, one } = harness;
  await checks.check(
    'a namespace with a Telemetry of its own is handed over, and the API server takes what is',
    async () => {
      const preview = await one.preview({
        ...NAMESPACE,
        samplingPercent: PERCENT,
      });
      assert.equal(preview.token, undefined);
      assert.deepEqual(refused(preview), ['namespace-wide-exists']);
      assert.equal(preview.dryRun.outcome, 'unavailable');
      assert.equal(preview.handover?.name, 'namespace-tracing');
      const given = parse(preview.handover.yaml) as Telemetry;
      const path = `${telemetriesPath(APP_NAMESPACE)}/${given.metadata.name}`;
      const before = await harness.object('namespace-tracing');
      const applied = await admin.request(
        'PATCH',
        `${path}?fieldManager=kubectl&force=true&dryRun=All&fieldValidation=Strict`,
        given,
        'application/apply-patch+yaml',
      );
      assert.equal(applied.status, 200, message(applied));
      const patched = await admin.request(
        'PATCH',
        `${path}?dryRun=All&fieldValidation=Strict`,
        patchOf(preview.handover.command),
        'application/merge-patch+json',
      );
      assert.equal(patched.status, 200, message(patched));
      for (const { body } of [applied, patched]) {
        assert.deepEqual((body as Telemetry).spec?.tracing, [
          {
            ...before?.spec?.tracing?.[0],
            randomSamplingPercentage: PERCENT,
          },
        ]);
      }
      assert.deepEqual(await harness.object('namespace-tracing'), before);
    },
  );
}

async function checkNamespace(harness: SamplingHarness): Promise<void> {
  const { checks, clock, one, two } = harness;
  let preview: PreviewResponse | undefined;
  await checks.check(
    'a namespace is changed by one object without a selector',
    async () => {
      const wish = { ...NAMESPACE, samplingPercent: PERCENT };
      preview = await one.preview(wish);
      assert.equal(preview.action, 'create');
      await one.apply({ ...wish, expiresAt: clock.in(HOUR_MS) });
      const object = await harness.object(NAME);
      assert.deepEqual(object?.spec, {
        tracing: [{ randomSamplingPercentage: PERCENT }],
      });
      await waitUntil(`${NAME} in both views`, async () =>
        [one, two].every(replica =>
          replica.sees(NAME, object?.metadata.resourceVersion),
        ),
      );
    },
  );
  await checks.check(
    'a namespace override reaches the proxies that the preview named, and no others',
    async () => {
      assert.ok(preview?.reach);
      const { changed, workloads } = preview.reach;
      assert.ok(changed > 1, `${changed} changed`);
      // One has a Telemetry of its own.
      assert.ok(changed < workloads, `${changed} of ${workloads} changed`);
      await waitUntil('what the preview said of each proxy', () =>
        isAsShown(harness, preview?.changes ?? []),
      );
      return `${changed} of ${workloads}`;
    },
  );
  await checks.check('a namespace override ends by itself, once', async () => {
    clock.advance(HOUR_MS + 60_000);
    await Promise.all([one.sampling.expiry.run(), two.sampling.expiry.run()]);
    assert.equal(await harness.object(NAME), undefined);
    await Promise.all([one.sampling.expiry.run(), two.sampling.expiry.run()]);
    const history = await one.history(APP_NAMESPACE);
    assert.deepEqual(
      history.map(({ kind, outcome }) => `${kind} ${outcome}`),
      ['apply succeeded', 'expire succeeded'],
    );
  });
  await checks.check('a namespace override is reverted as such', async () => {
    const { override } = await one.apply({ ...NAMESPACE, samplingPercent: 3 });
    await waitUntil('it in the view', async () =>
      one.sees(NAME, override.resourceVersion),
    );
    await one.revert(NAMESPACE, override);
    assert.equal(await harness.object(NAME), undefined);
  });
}

async function checkMesh(harness: SamplingHarness): Promise<void> {
  const { checks, one } = harness;
  await checks.check(
    'the mesh is out of reach without a RoleBinding in the root namespace',
    async () => {
      const preview = await one.preview({ ...MESH, samplingPercent: PERCENT });
      assert.deepEqual(refused(preview), []);
      assert.equal(preview.token, undefined);
      const { dryRun } = preview;
      assert.equal(dryRun.outcome, 'refused');
      assert.match(
        dryRun.message ?? '',
        /may not create Telemetries in namespace 'istio-system'.*verbs: \[create\]/,
      );
    },
  );
}

/** Takes a Telemetry of others away while work goes on, then puts it back. */
async function without(
  { admin, one, two }: SamplingHarness,
  namespace: string,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  const path = telemetriesPath(namespace);
  const { body } = await admin.request('GET', `${path}/${name}`);
  const { apiVersion, kind, metadata, spec } = body as Telemetry;
  const inBothViews = (present: boolean) =>
    waitUntil(`both views ${present ? 'with' : 'without'} ${name}`, async () =>
      [one, two].every(
        ({ cluster }) =>
          cluster
            .snapshot()
            .inputs.telemetries.some(
              other =>
                other.metadata.namespace === namespace &&
                other.metadata.name === name,
            ) === present,
      ),
    );
  await admin.request('DELETE', `${path}/${name}`);
  try {
    await inBothViews(false);
    await work();
  } finally {
    const { annotations, labels } = metadata;
    await requireCreated(admin, path, {
      apiVersion,
      kind,
      metadata: { namespace, name, annotations, labels },
      spec,
    });
    await inBothViews(true);
  }
}

async function requireCreated(
  admin: KubeApi,
  path: string,
  object: object,
): Promise<void> {
  const answer = await admin.request('POST', path, object);
  assert.equal(answer.status, 201, message(answer));
}

/** Whether istiod has the sampling for each proxy that a preview showed. */
async function isAsShown(
  { istiodDebug, one }: SamplingHarness,
  changes: PreviewResponse['changes'],
): Promise<boolean> {
  const istiod = IstiodDebug.create(istiodDebug);
  try {
    for (const { after, workload } of changes) {
      const pods = one.workload(workload.name).pods;
      assert.ok(pods.length > 0, `${workload.name} has no pod`);
      for (const pod of pods) {
        const listeners = await istiod.listeners(
          `${pod.name}.${workload.namespace}`,
        );
        const percents = listeners.map(
          ({ view }) => view.tracing?.randomSampling,
        );
        const expected = after.server?.samplingPercent.value;
        if (
          percents.length === 0 ||
          percents.some(percent => percent !== expected)
        ) {
          return false;
        }
      }
    }
    return true;
  } finally {
    istiod.close();
  }
}

function refused({ verdicts }: PreviewResponse): string[] {
  return verdicts.filter(({ allowed }) => !allowed).map(({ rule }) => rule);
}

/** What a command hands `kubectl patch`; none of the lab's values has a quote. */
function patchOf(command: string): object {
  const [, text] = /--patch='(.*)'$/.exec(command) ?? [];
  assert.ok(text, command);
  return JSON.parse(text);
}
