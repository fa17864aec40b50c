import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility';
import { cutParts } from '../support/cutParts';
import { signIn } from '../support/signIn';
import { expect, test } from '../support/test';
import { TracingTab } from '../support/TracingTab';

/** Refused: a percentage ends at 100. */
const TOO_MUCH = `apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: all, namespace: shop }
spec:
  tracing:
    - randomSamplingPercentage: 150
`;

async function press(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).focus();
  await page.keyboard.press('Enter');
}

async function checkYaml(page: Page): Promise<void> {
  await TracingTab.open(page, 'checkout', 'sampling');
  await page.getByRole('textbox', { name: 'Configuration to check' }).focus();
  await page.keyboard.insertText(TOO_MUCH);
  await press(page, 'Check');
  await expect(page.getByText('Would be refused')).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Answer/ })).toBeFocused();
}

async function makeAlertRules(page: Page): Promise<void> {
  await TracingTab.open(page, 'checkout', 'latency');
  await press(page, 'Alert rules');
  await expect(
    page.getByRole('form', { name: 'Alert rules to make' }),
  ).toBeVisible();
  await press(page, 'Check and show');
  await expect(
    page.getByRole('heading', { name: 'Checked against the metrics' }),
  ).toBeFocused();
}

for (const [width, colorScheme] of [
  [360, 'dark'],
  [800, 'light'],
] as const) {
  test.describe(`at ${width} px, in ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 900 }, colorScheme });

    test('pasted YAML is checked with the keyboard alone', async ({ page }) => {
      await signIn(page, 'Olivia');
      await checkYaml(page);
      expect(await cutParts(page)).toEqual([]);
      await expectAccessible(page);
    });

    test('alert rules are made with the keyboard alone', async ({ page }) => {
      await signIn(page, 'Olivia');
      await makeAlertRules(page);
      expect(await cutParts(page)).toEqual([]);
      await expectAccessible(page);
    });

    test('the recipe for one traced request opens and closes with the keyboard alone', async ({
      page,
    }) => {
      await signIn(page, 'Olivia');
      await TracingTab.open(page, 'checkout', 'traces');
      await press(page, 'Trace one request');
      const recipe = page.getByRole('dialog');
      await expect(recipe.getByText(/^Trace id: [0-9a-f]{32}$/)).toBeVisible();
      await expect(
        recipe.getByRole('button', { name: 'Copy the request' }),
      ).toBeVisible();
      await expectAccessible(page, '[role="dialog"]');
      await page.keyboard.press('Escape');
      await expect(recipe).toBeHidden();
      await expect(
        page.getByRole('button', { name: 'Trace one request' }),
      ).toBeFocused();
    });

    test('who may change the mesh sees how to trace marked requests', async ({
      page,
    }) => {
      await signIn(page, 'Petra');
      await TracingTab.open(page, 'checkout', 'sampling');
      await press(page, 'Generate');
      await expect(
        page.getByRole('heading', { name: 'Know before you apply it' }),
      ).toBeVisible();
      expect(await cutParts(page)).toEqual([]);
      await expectAccessible(page);
    });
  });
}

test('a trace opens by a pasted header, and a wrong id says what is wrong', async ({
  page,
}) => {
  await signIn(page, 'Olivia');
  await TracingTab.open(page, 'checkout', 'traces');
  const link = page.getByRole('grid').getByRole('link').first();
  await expect(link).toBeVisible();
  const href = await link.getAttribute('href');
  const traceId = /[?&]trace=([0-9a-f]{32})/.exec(href ?? '')?.[1];
  expect(traceId).toBeDefined();

  const field = page.getByRole('textbox', { name: 'Open a trace by id' });
  await field.fill('abc');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/and this has 3/)).toBeVisible();

  await field.fill(`traceparent: 00-${traceId}-00f067aa0ba902b7-01`);
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('treegrid', { name: 'Spans of the trace' }),
  ).toBeVisible();
});
