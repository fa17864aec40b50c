import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility';
import { cutParts } from '../support/cutParts';
import { signIn } from '../support/signIn';
import { expect, test } from '../support/test';
import { TracingTab } from '../support/TracingTab';

/** What shows that a view has its data. */
const VIEWS: Record<string, (page: Page) => Promise<void>> = {
  overview: async page => {
    await expect(page.getByText('Effective sampling')).toBeVisible();
    await expect(
      page.getByRole('region', { name: 'Latest traces' }).getByRole('row'),
    ).not.toHaveCount(0);
  },
  traces: page =>
    expect(page.getByRole('grid').getByRole('row').nth(2)).toBeVisible(),
  latency: page =>
    expect(
      page.getByRole('columnheader', { name: 'p99' }).first(),
    ).toBeVisible(),
  dependencies: page =>
    expect(page.getByText('Called by').first()).toBeVisible(),
  sampling: page =>
    expect(page.getByText(/Effective tracing of checkout/)).toBeVisible(),
  diagnosis: page =>
    expect(
      page.getByRole('list', { name: 'What checkout needs to be traced' }),
    ).toBeVisible(),
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    for (const [view, hasData] of Object.entries(VIEWS)) {
      test(`axe finds nothing in the view ${view}`, async ({ page }) => {
        await signIn(page, 'Olivia');
        await TracingTab.open(page, 'checkout', view);
        await hasData(page);
        await expectAccessible(page);
      });
    }

    test('axe finds nothing in the form', async ({ page }) => {
      await signIn(page, 'Olivia');
      const tab = await TracingTab.open(page, 'checkout', 'sampling');
      await tab.startChange();
      await expect(page.getByRole('button', { name: 'Preview' })).toBeVisible();
      await expectAccessible(page);
    });
  });
}

for (const width of [360, 800]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 800 } });

    for (const [view, hasData] of Object.entries(VIEWS)) {
      test(`nothing is cut in the view ${view}`, async ({ page }) => {
        await signIn(page, 'Olivia');
        await TracingTab.open(page, 'checkout', view);
        await hasData(page);
        expect(await cutParts(page)).toEqual([]);
        await expectAccessible(page);
      });
    }
  });
}

test('a trace opens in a new tab from the list', async ({ page, context }) => {
  await signIn(page, 'Olivia');
  await TracingTab.open(page, 'checkout', 'traces');
  const row = page.getByRole('grid').getByRole('row').nth(1);
  await expect(row).toBeVisible();
  const opened = context.waitForEvent('page');
  await row
    .getByRole('link')
    .first()
    .click({ modifiers: ['ControlOrMeta'] });
  const tab = await opened;
  await expect(
    tab.getByRole('treegrid', { name: 'Spans of the trace' }),
  ).toBeVisible();
  await expect(page.getByRole('grid')).toBeVisible();
});

test('the team page shows everything owned, from one request', async ({
  page,
}) => {
  const requests: string[] = [];
  page.on('request', request => {
    if (request.url().includes('/api/mesh-tracing/')) {
      requests.push(new URL(request.url()).pathname);
    }
  });
  await signIn(page, 'Olivia');
  await page.getByRole('link', { name: 'Mesh tracing', exact: true }).click();
  for (const name of ['storefront', 'checkout', 'customers']) {
    await expect(
      page.locator(`a[href$="/component/${name}/tracing"]`),
    ).toBeVisible();
  }
  // The history and the findings stand in panels and columns of their own.
  expect(
    requests.filter(path => !/\/(?:history|setup-findings)$/.test(path)),
  ).toEqual(['/api/mesh-tracing/v1/owned']);
  await expectAccessible(page, 'section[aria-label="Mesh tracing"]');
});

test('a trace is opened and walked with the keyboard alone', async ({
  page,
}) => {
  await signIn(page, 'Olivia');
  await TracingTab.open(page, 'checkout', 'traces');
  const row = page.getByRole('grid').getByRole('row').nth(1);
  await expect(row).toBeVisible();
  await row.focus();
  await page.keyboard.press('Enter');

  const spans = page.getByRole('treegrid', { name: 'Spans of the trace' });
  await expect(spans).toBeVisible();
  await spans.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  const active = await spans.getAttribute('aria-activedescendant');
  await expect(page.locator(`[id="${active}"]`)).toHaveAttribute(
    'aria-level',
    '2',
  );
  await page.keyboard.press('Enter');
  await expect(page.getByText('Attributes').first()).toBeVisible();
  await expectAccessible(page);
  await page.goBack();
});

test('a slice of the latency chart leads to its traces, with the keyboard alone', async ({
  page,
}) => {
  await signIn(page, 'Olivia');
  await TracingTab.open(page, 'checkout', 'latency');
  const slider = page.getByRole('slider', { name: 'Time slice' });
  await expect(slider).toHaveAttribute('aria-valuetext', /traced requests/);
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(/[?&]view=traces(&|$)/);
  await expect(page).toHaveURL(/[?&]spanMin=\d+us(&|$)/);
  await expect(page.getByRole('grid').getByRole('row').nth(1)).toBeVisible();
});
