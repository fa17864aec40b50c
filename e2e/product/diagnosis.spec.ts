import { expectAccessible } from '../support/accessibility';
import { signIn } from '../support/signIn';
import { expect, test } from '../support/test';
import { TracingTab } from '../support/TracingTab';

for (const [width, colorScheme] of [
  [360, 'dark'],
  [1920, 'light'],
] as const) {
  test.describe(`at ${width} px, in ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 900 }, colorScheme });

    test('an entity without traces says what breaks first, leads to its ladder and back', async ({
      page,
    }) => {
      await signIn(page, 'Olivia');
      await TracingTab.open(page, 'newsletter', 'traces');
      await expect(
        page.getByText('Broken: “The pods are in the mesh”.'),
      ).toBeVisible();
      await expect(
        page.getByText(/older than the label istio-injection=enabled/).first(),
      ).toBeVisible();
      await expectAccessible(page);

      await page.getByRole('link', { name: 'See the whole diagnosis' }).click();
      const ladder = page.getByRole('list', {
        name: 'What newsletter needs to be traced',
      });
      await expect(ladder).toBeVisible();
      await expect(
        ladder.getByText(
          'kubectl -n shop rollout restart deployment/newsletter',
        ),
      ).toBeVisible();
      await expect(
        ladder.getByRole('button', { name: 'Copy command' }),
      ).toBeVisible();
      await expectAccessible(page);

      await page.goBack();
      await expect(
        page.getByRole('link', { name: 'See the whole diagnosis' }),
      ).toBeVisible();
    });
  });
}

test('the ladder is walked with the keyboard alone', async ({ page }) => {
  await signIn(page, 'Olivia');
  await TracingTab.open(page, 'ledger', 'diagnosis');
  const provider = page
    .getByRole('listitem')
    .filter({ hasText: 'A provider takes the spans' })
    .first();
  await expect(
    provider.getByText('has no provider zipkin-legacy').first(),
  ).toBeVisible();
  await expect(provider.getByText('What to do')).toBeVisible();
  const summary = provider.locator('summary');
  await summary.focus();
  await page.keyboard.press('Enter');
  await expect(provider.getByText('What to do')).toBeHidden();
  await page.keyboard.press('Space');
  await expect(provider.getByText('What to do')).toBeVisible();
  await expectAccessible(page);
});
