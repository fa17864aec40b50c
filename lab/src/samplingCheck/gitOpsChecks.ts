import {
  ANNOTATION_GITOPS,
  type Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { waitUntil } from '../lifecycle/componentProcess';
import { postTelemetry } from '../checks/postTelemetry';
import type { SamplingHarness } from './SamplingHarness';

/** Where a repository holds the namespace, what is handed out is fit for it. */
export async function checkGitOps(harness: SamplingHarness): Promise<void> {
  const { checks } = harness;
  await checks.check(
    'what is handed out for a repository passes strict validation by the API server',
    () => checkHandover(harness),
  );
  await checks.check(
    'a namespace that is annotated is not written, and is again without the annotation',
    () => checkAnnotation(harness),
  );
}

async function checkHandover(harness: SamplingHarness): Promise<void> {
  const portal = await harness.one.with({
    ...harness.replicaOptions(),
    sampling: { gitOps: { namespaces: [APP_NAMESPACE] } },
  });
  const preview = await portal.preview({
    user: 'user:default/ada',
    workload: 'ratings-v1',
    samplingPercent: 35,
    customTags: {
      team: { literal: { value: 'payments' } },
      version: { environment: { name: 'VERSION', defaultValue: 'none' } },
    },
    reason: 'for the repository',
  });
  assert.equal(preview.token, undefined);
  assert.ok(preview.gitOps, 'nothing was handed out');
  assert.equal(preview.gitOps.source, 'configuration');
  await checkYaml(harness, preview.gitOps.yaml);
}

/** The YAML is fit for a repository, and nothing was stored. */
async function checkYaml(
  harness: SamplingHarness,
  yaml: string,
): Promise<void> {
  const telemetry = parse(yaml) as Telemetry;
  const { metadata, spec } = telemetry;
  assert.equal(metadata.namespace, APP_NAMESPACE);
  assert.equal(spec?.tracing?.[0]?.randomSamplingPercentage, 35);
  assert.deepEqual(metadata.annotations ?? {}, {});
  assert.deepEqual(metadata.labels ?? {}, {});
  const admission = await postTelemetry(harness.admin, telemetry, true);
  assert.ok(admission.accepted, admission.message);
  assert.deepEqual(admission.warnings, []);
  assert.equal(await harness.object(metadata.name), undefined);
}

async function checkAnnotation(harness: SamplingHarness): Promise<void> {
  const { one, two } = harness;
  const wish = {
    user: 'user:default/ada',
    workload: 'ratings-v1',
    samplingPercent: 35,
  } as const;
  const { override } = await one.apply(wish);
  const early = await one.prepare({ ...wish, workload: 'reviews-v1' });
  try {
    await annotate(harness, 'argocd');
    await assert.rejects(early.apply, { name: 'NotAllowedError' });
    // Taking back what the portal had set is never in the repository's way.
    await two.revert(wish, override);
    const preview = await two.preview(wish);
    assert.equal(preview.token, undefined);
    assert.deepEqual(
      preview.verdicts
        .filter(({ allowed }) => !allowed)
        .map(({ rule }) => rule),
      ['gitops-namespace'],
    );
    assert.equal(preview.gitOps?.source, 'annotation');
    assert.equal(preview.gitOps.tool, 'argocd');
    await checkYaml(harness, preview.gitOps.yaml);
  } finally {
    await annotate(harness, null);
  }
  const again = await one.apply(wish);
  await one.revert(wish, again.override);
}

/** Annotates the application's namespace, and waits until both replicas saw it. */
async function annotate(
  harness: SamplingHarness,
  value: string | null,
): Promise<void> {
  const answer = await harness.admin.request(
    'PATCH',
    `/api/v1/namespaces/${APP_NAMESPACE}`,
    { metadata: { annotations: { [ANNOTATION_GITOPS]: value } } },
    'application/merge-patch+json',
  );
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  const sees = ({ cluster }: SamplingHarness['one']) =>
    (cluster.snapshot().namespaces?.get(APP_NAMESPACE)?.annotation !==
      undefined) ===
    (value !== null);
  await waitUntil(
    'the annotation of the namespace',
    async () => sees(harness.one) && sees(harness.two),
  );
}
