import { envoyTracing, type KubeApi, type LabWorkloadName } from 'lab';
import { expectAccessible } from '../support/accessibility';
import { signIn } from '../support/signIn';
import { expect, test } from '../support/test';
import { telemetryNames, theLab } from '../support/theLab';
import { TracingTab } from '../support/TracingTab';

const TELEMETRIES =
  '/apis/telemetry.istio.io/v1/namespaces/bookinfo/telemetries';
/** What the lab's namespace has for all of its workloads. */
const FORMER = 'namespace-tracing';
const OVERRIDE = 'mesh-tracing-namespace';
/**
 * Sampling of the ratings by a Telemetry of their own, whatever the namespace
 * has.
 */
const RATINGS_PERCENT = 50;
const CARD = 'Override in force for the whole namespace bookinfo';

interface TelemetryObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace: string };
  spec: object;
}

/** Runs without the namespace's own Telemetry, beside which Istio ignores another. */
async function withoutFormer(
  api: KubeApi,
  run: () => Promise<void>,
): Promise<void> {
  const { body } = await api.request('GET', `${TELEMETRIES}/${FORMER}`);
  const { apiVersion, kind, metadata, spec } = body as TelemetryObject;
  await api.request('DELETE', `${TELEMETRIES}/${FORMER}`);
  try {
    await run();
  } finally {
    await api.request('POST', TELEMETRIES, {
      apiVersion,
      kind,
      metadata: { name: metadata.name, namespace: metadata.namespace },
      spec,
    });
  }
}

async function untilEnvoyHas(
  workload: LabWorkloadName,
  percent: number,
): Promise<void> {
  const admin = theLab().endpoints.envoyAdmin[workload];
  await expect
    .poll(async () => {
      const listeners = await envoyTracing(admin);
      return [...new Set(listeners.map(l => l.randomSamplingPercent))];
    })
    .toEqual([percent]);
}

test('a namespace with a Telemetry of its own is handed over, not written', async ({
  page,
}) => {
  const { api } = theLab();
  const before = await telemetryNames(api, 'bookinfo');
  await signIn(page, 'Petra');
  const tab = await TracingTab.open(page, 'bookinfo-mesh', 'sampling');
  await tab.startChange();
  await tab.chooseScope('Whole namespace bookinfo');
  await tab.setPercent(40);
  await tab.giveReason('The quarterly audit');
  await page.getByRole('button', { name: 'Preview' }).click();

  const preview = page.getByRole('region', { name: 'What would change' });
  await expect(
    preview.getByText(/bookinfo\/namespace-tracing is for the whole namespace/),
  ).toBeVisible();
  const byHand = preview.getByRole('region', {
    name: `Make the change in bookinfo/${FORMER}`,
  });
  await expect(byHand).toContainText('kubectl patch telemetries');
  await expect(byHand).toContainText('randomSamplingPercentage: 40');
  await expect(
    preview.getByRole('button', { name: 'Apply', exact: true }),
  ).toBeDisabled();
  await expectAccessible(page);
  expect(await telemetryNames(api, 'bookinfo')).toEqual(before);
});

test('what a platform engineer sets for a namespace, its Envoys do, and no others', async ({
  page,
  browser,
}) => {
  const { api } = theLab();
  await withoutFormer(api, async () => {
    await untilEnvoyHas('frontend-v1', 10);
    await signIn(page, 'Petra');
    const tab = await TracingTab.open(page, 'bookinfo-mesh', 'sampling');
    await expect(page.getByText(/20 %, set by/)).toHaveCount(0);

    await test.step('previewed, confirmed by its name, applied, accepted', async () => {
      await tab.startChange();
      await tab.chooseScope('Whole namespace bookinfo');
      await tab.setPercent(40);
      await tab.giveReason('The quarterly audit');
      await tab.preview();
      const preview = page.getByRole('region', { name: 'What would change' });
      // Two teams claim the details alike, so both count.
      await expect(
        preview.getByText('Changes 4 of 5 workloads of 3 owners'),
      ).toBeVisible();
      await expect(preview.getByText('As before: ratings-v1.')).toBeVisible();
      await preview
        .getByLabel(/Type the name of the namespace/)
        .fill('bookinfo');
      await tab.apply();
      await expect(page.getByText('Live in the mesh.')).toBeVisible();
      await expect(page.getByText(/Accepted by 1 of 1 proxies/)).toBeVisible();
    });

    await test.step('the real Envoys have it', async () => {
      for (const workload of ['frontend-v1', 'reviews-v2'] as const) {
        await untilEnvoyHas(workload, 40);
      }
      await untilEnvoyHas('ratings-v1', RATINGS_PERCENT);
      await untilEnvoyHas('istio-ingressgateway', 10);
    });

    await test.step('an owner sees who did it and why, and cannot end it', async () => {
      const other = await (await browser.newContext()).newPage();
      await signIn(other, 'Olivia');
      await TracingTab.open(other, 'frontend', 'sampling');
      const card = other.getByRole('region', { name: CARD });
      await expect(card).toContainText('The quarterly audit');
      await expect(card.getByRole('button')).toHaveCount(0);
      await expect(
        other.getByText(/Override applied namespace bookinfo/),
      ).toBeVisible();
      await other.context().close();
    });

    await test.step('reverted', async () => {
      expect(await telemetryNames(api, 'bookinfo')).toContain(OVERRIDE);
      await tab.revert();
      await expect(page.getByRole('region', { name: CARD })).toHaveCount(0);
      expect(await telemetryNames(api, 'bookinfo')).not.toContain(OVERRIDE);
      await untilEnvoyHas('frontend-v1', 10);
    });
  });
  await untilEnvoyHas('frontend-v1', 20);
});
