import { signIn } from '../support/signIn';
import { expect, test } from '../support/test';
import { TracingTab } from '../support/TracingTab';

test('an owner changes sampling, sees it live, and reverts it', async ({
  page,
}) => {
  await signIn(page, 'Olivia');
  const tab = await TracingTab.open(page, 'cart', 'sampling');
  await tab.startChange();
  await tab.setPercent(100);
  await tab.addTags([{ name: 'campaign', kind: 'Literal', value: 'spring' }]);
  await tab.giveReason('Follow the carts of the campaign');
  await tab.preview();
  await tab.apply();
  await expect(page.getByText('Live in the mesh.')).toBeVisible();
  await expect(page.getByText('Reason: Follow the carts')).toBeVisible();

  await tab.revert();
  await expect(page.getByText('Live in the mesh.')).toHaveCount(0);
  await expect(
    page
      .getByRole('region', { name: 'History' })
      .getByText(/revert/i)
      .first(),
  ).toBeVisible();
});

test('what can never be applied is refused with the field named', async ({
  page,
}) => {
  const requests: string[] = [];
  page.on('request', request => {
    if (request.url().includes('/sampling/preview')) {
      requests.push(request.url());
    }
  });
  await signIn(page, 'Olivia');
  const tab = await TracingTab.open(page, 'cart', 'sampling');
  await tab.startChange();
  await tab.addTags([{ name: '', kind: 'Literal', value: 'x' }]);
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByText('Tag: it needs a name.')).toBeVisible();
  await expect(page.getByText('Reason: it is required here.')).toBeVisible();
  expect(requests).toEqual([]);
});

test('a stranger sees what is in force and why it is not theirs to change', async ({
  page,
}) => {
  await signIn(page, 'Max');
  await TracingTab.open(page, 'cart', 'sampling');
  await expect(page.getByText('You may look, but not change')).toBeVisible();
  await expect(page.getByText(/Effective tracing of cart/)).toBeVisible();
  await expect(page.getByRole('button', { name: /Change/ })).toHaveCount(0);
});
