import assert from 'node:assert/strict';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { waitUntil } from '../lifecycle/componentProcess';
import { telemetriesPath } from '../checks/CheckedLab';
import type { SamplingHarness } from './SamplingHarness';
import { rejection } from './rejection';

const ADA = { user: 'user:default/ada', workload: 'reviews-v1' } as const;
const NAME = 'mesh-tracing.reviews-v1';

/** Others work on the portal's objects with their own tools. */
export async function checkOutside(harness: SamplingHarness): Promise<void> {
  const { admin, checks, one, two } = harness;
  const kinds = async () =>
    (await one.history('reviews-v1')).map(({ kind }) => kind);
  const look = () =>
    Promise.all([
      one.sampling.outsideChanges.run(),
      two.sampling.outsideChanges.run(),
    ]);
  await checks.check('an edit by kubectl is seen once and kept', async () => {
    await one.apply({ ...ADA, samplingPercent: 20 });
    const prepared = await one.prepare({ ...ADA, samplingPercent: 21 });
    await harness.edit(NAME, {
      spec: { tracing: [{ randomSamplingPercentage: 33 }] },
    });
    await waitUntil('the edit in the history', async () => {
      await look();
      return (await kinds()).includes('outside-change');
    });
    await look();
    const entry = (await one.history('reviews-v1')).at(-1);
    assert.equal(entry?.actor, 'outside:kubectl-edit');
    assert.match(entry?.before ?? '', /randomSamplingPercentage: 20\b/);
    assert.match(entry?.after ?? '', /randomSamplingPercentage: 33\b/);
    assert.deepEqual(await kinds(), ['apply', 'outside-change']);
    const error = await rejection(prepared.apply());
    assert.equal(error.name, 'ConflictError', error.message);
    const object = await harness.object(NAME);
    assert.equal(object?.spec?.tracing?.[0]?.randomSamplingPercentage, 33);
  });
  await checks.check('a deletion by others is seen once', async () => {
    await admin.request('DELETE', `${telemetriesPath(APP_NAMESPACE)}/${NAME}`);
    await waitUntil('the deletion in the history', async () => {
      await look();
      return (await kinds()).includes('outside-delete');
    });
    await look();
    assert.deepEqual(await kinds(), [
      'apply',
      'outside-change',
      'outside-delete',
    ]);
    assert.equal(await harness.object(NAME), undefined);
  });
  await checks.check('what Argo CD took over is not written', async () => {
    await one.apply({ ...ADA, samplingPercent: 22 });
    await harness.edit(NAME, {
      metadata: {
        annotations: {
          'argocd.argoproj.io/tracking-id': `shop:telemetry.istio.io/Telemetry:bookinfo/${NAME}`,
        },
      },
    });
    const { verdicts, token } = await one.preview({
      ...ADA,
      samplingPercent: 23,
    });
    assert.equal(token, undefined);
    assert.ok(
      verdicts.some(({ rule, allowed }) => rule === 'gitops' && !allowed),
    );
    await admin.request('DELETE', `${telemetriesPath(APP_NAMESPACE)}/${NAME}`);
  });
}
