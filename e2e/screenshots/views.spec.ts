import { join } from 'node:path';
import { signIn } from '../support/signIn';
import { expect, test } from '../support/test';
import { TracingTab } from '../support/TracingTab';

/**
 * Pictures of the real product, to look at and for the README:
 * `node scripts/e2e.mjs screenshots` writes them to `e2e/results/pictures`, and
 * the README's to `docs/images`.
 */
const PICTURES = join(__dirname, '..', 'results', 'pictures');
const README = join(__dirname, '..', '..', 'docs', 'images', 'overview.png');
const VIEWS = ['overview', 'traces', 'latency', 'dependencies', 'sampling'];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 800, 360]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      for (const view of VIEWS) {
        test(view, async ({ page }) => {
          await signIn(page, 'Olivia');
          await TracingTab.open(page, 'checkout', view);
          await expect(page.getByText('This mesh is simulated')).toBeVisible();
          await expect(
            page.getByRole('status', { name: 'Loading' }),
          ).toHaveCount(0);
          await page.screenshot({
            path: join(PICTURES, `${view}-${colorScheme}-${width}.png`),
            fullPage: true,
          });
        });
      }
    });
  }
}

test("the README's picture", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 1080 });
  await signIn(page, 'Olivia');
  await TracingTab.open(page, 'checkout');
  await expect(page.getByText('This mesh is simulated')).toBeVisible();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: README });
});
