import type { Page } from '@playwright/test';

/**
 * Parts of the tab that reach beyond what a reader sees without scrolling sideways.
 * A field scrolls what is typed into it, and is none.
 */
export function cutParts(page: Page): Promise<string[]> {
  return page
    .locator('section[aria-label="Tracing"]')
    .evaluate(section =>
      [section, ...section.querySelectorAll('*')]
        .filter(
          element =>
            element.scrollWidth > element.clientWidth + 1 &&
            element.tagName !== 'TEXTAREA' &&
            (element === section ||
              ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)),
        )
        .map(element => element.className.toString()),
    );
}
