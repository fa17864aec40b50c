import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { postTelemetry } from '../oracle/postTelemetry';
import type { Bench } from './Bench';

/** Where a repository holds the namespace, what is handed out is fit for it. */
export async function checkGitOps(bench: Bench): Promise<void> {
  const { admin, checks, one } = bench;
  await checks.check(
    'what is handed out for a repository passes strict validation by the API server',
    async () => {
      const portal = await one.with({
        ...bench.replicaOptions(),
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
      const telemetry = parse(preview.gitOps.yaml) as Telemetry;
      const { metadata, spec } = telemetry;
      assert.equal(metadata.namespace, APP_NAMESPACE);
      assert.equal(spec?.tracing?.[0]?.randomSamplingPercentage, 35);
      assert.deepEqual(metadata.annotations ?? {}, {});
      assert.deepEqual(metadata.labels ?? {}, {});
      const admission = await postTelemetry(admin, telemetry, true);
      assert.ok(admission.accepted, admission.message);
      assert.deepEqual(admission.warnings, []);
      assert.equal(await bench.object(metadata.name), undefined);
    },
  );
}
