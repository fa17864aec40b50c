import { join } from 'node:path';
import { signIn } from '../support/signIn';
import { expect, test } from '../support/test';
import { TracingTab } from '../support/TracingTab';

/**
 * Pictures of the real product, to look at and for the README:
 * `node scripts/e2e.mjs screenshots` writes them to `e2e/results/pictures`, and
 * those of the README and the docs to `docs/images`.
 */
const PICTURES = join(__dirname, '..', 'results', 'pictures');
const IMAGES = join(__dirname, '..', '..', 'docs', 'images');
const VIEWS = [
  'overview',
  'traces',
  'latency',
  'dependencies',
  'sampling',
  'diagnosis',
];

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
  await page.screenshot({ path: join(IMAGES, 'overview.png') });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`the docs' picture in ${colorScheme}`, () => {
    test.use({ colorScheme, viewport: { width: 1280, height: 1080 } });

    test('of a diagnosis', async ({ page }) => {
      await signIn(page, 'Olivia');
      await TracingTab.open(page, 'newsletter', 'diagnosis');
      await expect(page.getByText(/^What fails first/)).toBeVisible();
      await page.screenshot({
        path: join(IMAGES, `diagnosis-${colorScheme}.png`),
      });
    });
  });
}
