import { expect, test } from '../support/test';

test('a guest reaches living traces in three clicks', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Enter as Guest' }).click();
  await page.getByRole('link', { name: 'Customers' }).click();
  await page.getByRole('link', { name: 'Tracing', exact: true }).click();

  const tracing = page.getByRole('region', { name: 'Tracing', exact: true });
  await expect(tracing.getByText('This mesh is simulated')).toBeVisible();
  await expect(tracing.getByText('Effective sampling')).toBeVisible();
  const latest = tracing.getByRole('region', { name: 'Latest traces' });
  const newest = latest.getByRole('row').nth(1);
  const first = await newest.textContent();

  await expect
    .poll(
      async () => {
        await page.getByRole('button', { name: 'Refresh now' }).click();
        return newest.textContent();
      },
      { timeout: 30_000, intervals: [2_000] },
    )
    .not.toBe(first);
});

test('an entity without annotations says which one to add', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Enter as Guest' }).click();
  // Another team's: the catalog starts with what one owns.
  await page.getByRole('menuitem', { name: /^All/ }).click();
  await page.getByRole('link', { name: 'Pricing' }).click();
  await page.getByRole('link', { name: 'Tracing', exact: true }).click();
  await expect(
    page.getByText('Which workloads are this entity?'),
  ).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Copy annotation' }).first(),
  ).toBeVisible();
});
