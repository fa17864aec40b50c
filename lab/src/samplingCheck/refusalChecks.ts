import { errorDetailsOf } from 'backstage-plugin-mesh-tracing-backend/src/shared/errorDetails';
import {
  MANAGED_BY_LABEL,
  MANAGED_BY_VALUE,
} from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import assert from 'node:assert/strict';
import { APP_NAMESPACE, ROOT_NAMESPACE } from '../kubernetes/meshWorkloads';
import { telemetriesPath } from '../checks/CheckedLab';
import type { SamplingHarness } from './SamplingHarness';
import { rejection } from './rejection';

const NAME = 'mesh-tracing.details-v1';
/** Named as the portal's, of a workload that isn't there. */
const FREE_NAME = 'mesh-tracing.sampling-check';
const DETAILS = { selector: { matchLabels: { app: 'details' } } };
const ADA = 'user:default/ada';
const WISH = { user: ADA, workload: 'details-v1' } as const;

function telemetry(spec: object, namespace: string = APP_NAMESPACE): Telemetry {
  return {
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: {
      name: FREE_NAME,
      namespace,
      labels: { [MANAGED_BY_LABEL]: MANAGED_BY_VALUE },
    },
    spec,
  };
}

/** What the API server, its schema and istiod refuse, as the product tells it. */
export async function checkRefusals(harness: SamplingHarness): Promise<void> {
  const { checks, one } = harness;
  await checks.check('a preview is a dry run: nothing is stored', async () => {
    const preview = await one.preview(WISH);
    assert.equal(preview.dryRun.outcome, 'accepted', preview.dryRun.message);
    assert.equal(preview.action, 'create');
    assert.equal(await harness.object(NAME), undefined);
  });
  await checks.check('the dry run passes warnings on', async () => {
    const two = telemetry({
      ...DETAILS,
      tracing: [
        { randomSamplingPercentage: 1 },
        { disableSpanReporting: true },
      ],
    });
    const { warnings } = await one.cluster.createTelemetry(two, {
      dryRun: true,
    });
    assert.match(
      warnings.join(),
      /multiple tracing is not currently supported/,
    );
  });
  const refused: Array<[string, object, RegExp]> = [
    [
      'strict validation refuses a field that does not exist',
      { ...DETAILS, tracing: [{ randomSamplingPercent: 5 }] },
      /unknown field "spec\.tracing\[0\]\.randomSamplingPercent"/,
    ],
    [
      'the schema refuses 150 %',
      { ...DETAILS, tracing: [{ randomSamplingPercentage: 150 }] },
      /spec\.tracing\[0\]\.randomSamplingPercentage/,
    ],
    [
      "a CEL rule of Istio's CRD refuses a selector beside a target",
      {
        ...DETAILS,
        targetRefs: [{ kind: 'Service', name: 'details' }],
      },
      /only one of targetRefs or selector can be set/,
    ],
    [
      "istiod's webhook refuses a tag without a name",
      {
        ...DETAILS,
        tracing: [{ customTags: { '': { literal: { value: 'x' } } } }],
      },
      /admission webhook "validation\.istio\.io"/,
    ],
  ];
  for (const [what, spec, message] of refused) {
    await checks.check(what, async () => {
      const error = await rejection(
        one.cluster.createTelemetry(telemetry(spec)),
      );
      assert.equal(error.name, 'InputError', error.message);
      assert.match(error.message, message);
      assert.equal(await harness.object(FREE_NAME), undefined);
    });
  }
  await checks.check('RBAC refuses the root namespace', async () => {
    const error = await rejection(
      one.cluster.createTelemetry(telemetry({}, ROOT_NAMESPACE)),
    );
    assert.equal(error.name, 'NotAllowedError', error.message);
    assert.match(errorDetailsOf(error)?.whatToDo ?? '', /telemetries/);
  });
  await checks.check(
    'a policy refuses the root namespace before RBAC is asked',
    async () => {
      const { verdicts, token, dryRun } = await one.preview({
        user: ADA,
        workload: 'istio-ingressgateway',
      });
      assert.equal(token, undefined);
      assert.equal(dryRun.outcome, 'unavailable');
      assert.ok(verdicts.some(v => v.rule === 'namespace' && !v.allowed));
    },
  );
  await checkPolicy(harness);
  await checkOccupied(harness);
}

/** A policy of the cluster in CEL, as platform teams write them. */
async function checkPolicy(harness: SamplingHarness): Promise<void> {
  const { admin, checks, one } = harness;
  const group = '/apis/admissionregistration.k8s.io/v1';
  const policies = `${group}/validatingadmissionpolicies`;
  const bindings = `${group}/validatingadmissionpolicybindings`;
  const name = 'sampling-check';
  await checks.check(
    "a CEL policy of the cluster refuses; the preview shows the policy's words",
    async () => {
      const prepared = await one.prepare(WISH);
      await admin.request('POST', policies, {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name },
        spec: {
          failurePolicy: 'Fail',
          matchConstraints: {
            resourceRules: [
              {
                apiGroups: ['telemetry.istio.io'],
                apiVersions: ['*'],
                operations: ['CREATE', 'UPDATE'],
                resources: ['telemetries'],
              },
            ],
          },
          validations: [
            {
              expression: "object.metadata.name == 'nothing'",
              message: 'tracing is frozen this week',
            },
          ],
        },
      });
      await admin.request('POST', bindings, {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name },
        spec: { policyName: name, validationActions: ['Deny'] },
      });
      try {
        let preview = await one.preview(WISH);
        const giveUpMs = Date.now() + 15_000;
        while (preview.dryRun.outcome !== 'refused' && Date.now() < giveUpMs) {
          preview = await one.preview(WISH);
        }
        assert.match(preview.dryRun.message ?? '', /frozen this week/);
        assert.equal(preview.token, undefined);
        const error = await rejection(prepared.apply());
        assert.equal(error.name, 'InputError', error.message);
        const last = (await one.history('details-v1')).at(-1);
        assert.equal(last?.outcome, 'failed');
        assert.match(last?.message ?? '', /frozen this week/);
        assert.equal(harness.audited.at(-1)?.outcome, 'failed');
      } finally {
        await admin.request('DELETE', `${bindings}/${name}`);
        await admin.request('DELETE', `${policies}/${name}`);
      }
      const giveUpMs = Date.now() + 15_000;
      while (
        (await one.preview(WISH)).dryRun.outcome === 'refused' &&
        Date.now() < giveUpMs
      );
    },
  );
}

async function checkOccupied(harness: SamplingHarness): Promise<void> {
  const { admin, checks, one } = harness;
  await checks.check(
    "what others created under an override's name is left alone",
    async () => {
      const prepared = await one.prepare(WISH);
      const theirs = telemetry({ tracing: [{ randomSamplingPercentage: 3 }] });
      theirs.metadata = { name: NAME, namespace: APP_NAMESPACE };
      await admin.request('POST', telemetriesPath(APP_NAMESPACE), theirs);
      const before = await harness.object(NAME);
      try {
        const error = await rejection(prepared.apply());
        assert.equal(error.name, 'ConflictError', error.message);
        assert.match(
          errorDetailsOf(error)?.conflict?.currentYaml ?? '',
          /randomSamplingPercentage: 3/,
        );
        const { verdicts } = await one.preview(WISH);
        assert.ok(verdicts.some(v => v.rule === 'name-taken' && !v.allowed));
        assert.deepEqual(await harness.object(NAME), before);
      } finally {
        await admin.request(
          'DELETE',
          `${telemetriesPath(APP_NAMESPACE)}/${NAME}`,
        );
      }
    },
  );
  await checks.check(
    'create only: a second create is refused by the API server',
    async () => {
      const { cluster } = one;
      const object = telemetry({
        selector: { matchLabels: { app: 'nothing-has-this' } },
        tracing: [{ randomSamplingPercentage: 1 }],
      });
      const { telemetry: stored } = await cluster.createTelemetry(object);
      const error = await rejection(cluster.createTelemetry(object));
      assert.equal(error.name, 'ConflictError', error.message);
      const stale = { ...stored, spec: { tracing: [] } };
      await cluster.replaceTelemetry({
        ...stored,
        spec: { ...stored.spec, tracing: [{ randomSamplingPercentage: 2 }] },
      });
      const late = await rejection(cluster.replaceTelemetry(stale));
      assert.equal(late.name, 'ConflictError', late.message);
      const { uid = '', resourceVersion = '' } = stored.metadata;
      const gone = await rejection(
        cluster.deleteTelemetry(APP_NAMESPACE, FREE_NAME, {
          uid,
          resourceVersion,
        }),
      );
      assert.equal(gone.name, 'ConflictError', gone.message);
      await admin.request(
        'DELETE',
        `${telemetriesPath(APP_NAMESPACE)}/${FREE_NAME}`,
      );
    },
  );
}
