import { startComponent, stopComponent } from 'lab';
import { signIn } from '../support/signIn';
import { expect, test } from '../support/test';
import { theLab } from '../support/theLab';
import { TracingTab } from '../support/TracingTab';

test.use({ allowConsoleErrors: true });

test('Jaeger is away: its panels say so, the others work', async ({ page }) => {
  const { name } = theLab();
  await signIn(page, 'Olivia');
  await stopComponent('jaeger', name);
  try {
    await TracingTab.open(page, 'frontend');
    await expect(page.getByText('20 %', { exact: true })).toBeVisible();
    await expect(page.getByText(/trace store 'lab'/i).first()).toBeVisible({
      timeout: 60_000,
    });
    await TracingTab.open(page, 'frontend', 'sampling');
    await expect(
      page.getByText(/20 %, set by Telemetry bookinfo\/namespace-tracing/),
    ).toBeVisible();
  } finally {
    await startComponent('jaeger', name);
  }
});

test('the API server is away: traces are shown, the cluster is marked stale', async ({
  page,
}) => {
  const { name } = theLab();
  await signIn(page, 'Olivia');
  await stopComponent('kube-apiserver', name);
  try {
    await TracingTab.open(page, 'frontend', 'sampling');
    await expect(
      page.getByText(/cluster.* lab|lab.* cluster/i).first(),
    ).toBeVisible({
      timeout: 60_000,
    });
    await TracingTab.open(page, 'frontend', 'traces');
    await expect(page.getByRole('heading', { name: 'Traces' })).toBeVisible();
  } finally {
    await startComponent('kube-apiserver', name);
  }
});
