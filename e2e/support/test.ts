import { expect, test as base } from '@playwright/test';

/** Messages that are not ours to mend. */
const FOREIGN = [
  // React Aria warns of a Backstage UI component inside a core component.
  /A PressResponder was rendered without a pressable child/,
];

/**
 * The test of this repository: the page it gives fails the test when the
 * browser's console shows an error or a script throws.
 */
export const test = base.extend<{
  consoleErrors: string[];
  /** For tests of failures: the browser itself reports failed requests. */
  allowConsoleErrors: boolean;
}>({
  allowConsoleErrors: [false, { option: true }],
  consoleErrors: [
    async ({ page, allowConsoleErrors }, use) => {
      const errors: string[] = [];
      page.on('pageerror', error => errors.push(`thrown: ${error.message}`));
      page.on('console', message => {
        const text = message.text();
        if (message.type() === 'error' && !FOREIGN.some(f => f.test(text))) {
          errors.push(`console: ${text} (${message.location().url})`);
        }
      });
      await use(errors);
      if (!allowConsoleErrors) {
        expect(errors, "errors in the browser's console").toEqual([]);
      }
    },
    { auto: true },
  ],
});

export { expect };
