import { expectAccessible } from '../support/accessibility';
import { signIn } from '../support/signIn';
import { expect, test } from '../support/test';
import { TracingTab } from '../support/TracingTab';

const CARD = 'Override in force for the whole namespace payments';

test('a platform engineer changes a namespace, confirmed by its name', async ({
  page,
  browser,
}) => {
  await signIn(page, 'Petra');
  const tab = await TracingTab.open(page, 'payments-mesh', 'sampling');
  await tab.startChange();
  await tab.chooseScope('Whole namespace payments');
  await expect(page.getByText(/Workloads of other owners/)).toBeVisible();
  await tab.setPercent(40);
  await tab.addTags([{ name: 'audit', kind: 'Literal', value: 'autumn' }]);
  await tab.giveReason('The auditors follow payments this week');
  await tab.preview();

  const preview = page.getByRole('region', { name: 'What would change' });
  await expect(
    preview.getByText(/Changes \d of 4 workloads of 1 owner in namespace/),
  ).toBeVisible();
  await expect(
    preview.getByRole('link', { name: 'Payments', exact: true }),
  ).toBeVisible();
  await expect(preview.getByText(/As before: .*fraud-check/)).toBeVisible();
  await expect(preview.getByText(/name: mesh-tracing-namespace/)).toBeVisible();
  await expectAccessible(page);
  const apply = preview.getByRole('button', { name: 'Apply', exact: true });
  const typed = preview.getByLabel(/Type the name of the namespace/);
  await expect(apply).toBeDisabled();
  await typed.fill('payment');
  await expect(apply).toBeDisabled();
  await typed.fill('payments');
  await tab.apply();
  await expect(page.getByText('Live in the mesh.')).toBeVisible();

  const card = page.getByRole('region', { name: CARD });
  await expect(card).toContainText('40');
  await expect(card).toContainText('audit');
  const history = page.getByRole('region', { name: 'History' });
  await expect(
    history.getByText(/Override applied namespace payments/),
  ).toBeVisible();

  // Whoever owns one of its workloads sees it there, but can't end it.
  const other = await (await browser.newContext()).newPage();
  await signIn(other, 'Max');
  await TracingTab.open(other, 'payment', 'sampling');
  const theirs = other.getByRole('region', { name: CARD });
  await expect(theirs).toContainText('The auditors follow payments');
  await expect(theirs.getByRole('button')).toHaveCount(0);
  await other.context().close();

  await tab.revert();
  await expect(card).toHaveCount(0);
  await expect(
    history.getByText(/Override reverted namespace payments/),
  ).toBeVisible();
});

test('an owner who does not run the mesh changes their workloads only', async ({
  page,
}) => {
  await signIn(page, 'Max');
  const tab = await TracingTab.open(page, 'payment', 'sampling');
  await tab.startChange();
  await expect(
    page.getByRole('textbox', { name: 'Percentage of requests' }),
  ).toBeVisible();
  await expect(page.getByText('Applies to')).toHaveCount(0);
  await expect(
    page.getByRole('form').getByRole('radio', { name: /Whole/ }),
  ).toHaveCount(0);
});
