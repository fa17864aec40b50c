import { signIn, tokenOf } from '../support/signIn';
import { expect, test } from '../support/test';
import { telemetryNames, theLab } from '../support/theLab';
import { TracingTab } from '../support/TracingTab';

const OVERRIDE_PATH =
  '/api/mesh-tracing/v1/entities/component/default/frontend/sampling/override';
const PREVIEW_PATH =
  '/api/mesh-tracing/v1/entities/component/default/frontend/sampling/preview';

const WISH = {
  workload: {
    cluster: 'lab',
    namespace: 'bookinfo',
    kind: 'Deployment',
    name: 'frontend-v1',
  },
  samplingPercent: 100,
  reason: 'Because I can',
};

test('a stranger sees the effective configuration and has no form', async ({
  page,
}) => {
  await signIn(page, 'Max');
  await TracingTab.open(page, 'frontend', 'sampling');
  await expect(
    page.getByText(/20 %, set by Telemetry bookinfo\/namespace-tracing/),
  ).toBeVisible();
  await expect(page.getByText('You may look, but not change')).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Change sampling or tags' }),
  ).toHaveCount(0);
});

test("a stranger's own requests are refused and change nothing", async ({
  page,
}) => {
  const { api } = theLab();
  const before = await telemetryNames(api, 'bookinfo');
  const headers = { authorization: `Bearer ${await tokenOf(page, 'max')}` };
  const override = {
    ...WISH,
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
  };
  const preview = await page.request.post(PREVIEW_PATH, {
    headers,
    data: override,
  });
  const apply = await page.request.put(OVERRIDE_PATH, {
    headers,
    data: {
      override,
      token: 'made-up',
      requestId: '6f1c1c1e-7c1b-4d55-9f0a-0c7f6f1c1c1e',
    },
  });
  expect(preview.status()).toBe(403);
  expect(apply.status()).toBe(403);
  expect(await telemetryNames(api, 'bookinfo')).toEqual(before);
});

test('who is not signed in is refused', async ({ page }) => {
  const response = await page.request.put(OVERRIDE_PATH, { data: {} });
  expect(response.status()).toBe(401);
});
