import assert from 'node:assert/strict';
import type { ProxyAcceptance } from 'backstage-plugin-mesh-tracing-common';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { waitUntil } from '../lifecycle/componentProcess';
import { telemetriesPath } from '../checks/CheckedLab';
import type { SamplingHarness } from './SamplingHarness';

const ADA = { user: 'user:default/ada', workload: 'reviews-v2' } as const;
const NAME = 'mesh-tracing.reviews-v2';

/** What real proxies do with a change is told as it is. */
export async function checkAcceptance(harness: SamplingHarness): Promise<void> {
  const { admin, checks, one } = harness;
  const reaches = async (state: ProxyAcceptance['state']) => {
    let latest: ProxyAcceptance | undefined;
    await waitUntil(`the proxies' answer '${state}'`, async () => {
      latest = await one.acceptance(ADA.workload);
      return latest.state === state;
    });
    assert.ok(latest);
    return latest;
  };
  await checks.check('proxies accept an override', async () => {
    await one.apply({ ...ADA, samplingPercent: 35 });
    const { accepted, proxies } = await reaches('accepted');
    assert.equal(accepted, proxies);
    assert.ok(proxies > 0);
  });
  await checks.check(
    'a refusal by a proxy is told with its reason',
    async () => {
      await harness.edit(NAME, {
        spec: {
          tracing: [
            { customTags: { broken: { formatter: { value: '%REQ(x' } } } },
          ],
        },
      });
      const { accepted, behind } = await reaches('refused');
      assert.equal(accepted, 0);
      assert.match(
        behind[0]?.message ?? '',
        /Incorrect configuration: %REQ\(x/,
      );
    },
  );
  await checks.check(
    'a refusal is told to who set the override, once',
    async () => {
      const told = () =>
        harness.announced.filter(title => title.startsWith('Proxies refuse'));
      const before = told().length;
      const edited = (await harness.object(NAME))?.metadata.resourceVersion;
      await waitUntil('the edit in the view', async () =>
        one.sees(NAME, edited),
      );
      await one.sampling.acceptance.run();
      await harness.two.sampling.acceptance.run();
      await one.sampling.acceptance.run();
      assert.equal(told().length - before, 1);
    },
  );
  await checks.check(
    'a refused override keeps proxies from taking later changes of others, too',
    async () => {
      await harness.edit('namespace-tracing', {
        metadata: { annotations: { 'example.com/touched': 'yes' } },
      });
      assert.equal((await reaches('refused')).accepted, 0);
    },
  );
  await checks.check('a revert makes the proxies accept again', async () => {
    const seen = (await harness.object(NAME))?.metadata;
    assert.ok(seen?.uid && seen.resourceVersion);
    await waitUntil('the edit in the view', async () =>
      one.sees(NAME, seen.resourceVersion),
    );
    await one.revert(ADA, {
      uid: seen.uid,
      resourceVersion: seen.resourceVersion,
    });
    await reaches('accepted');
    const { status } = await admin.request(
      'GET',
      `${telemetriesPath(APP_NAMESPACE)}/${NAME}`,
    );
    assert.equal(status, 404);
  });
}
