import { expect, type Page } from '@playwright/test';

/** Enters as one of the demo accounts: `Guest`, `Olivia`, `Max` or `Petra`. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: `Enter as ${name}` }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** A token of a demo user, for requests beside the browser. */
export async function tokenOf(page: Page, userName: string): Promise<string> {
  const response = await page.request.get('/api/auth/demo/refresh', {
    headers: {
      'x-demo-user': `user:default/${userName}`,
      'x-requested-with': 'XMLHttpRequest',
    },
  });
  const session = await response.json();
  return session.backstageIdentity.token;
}
