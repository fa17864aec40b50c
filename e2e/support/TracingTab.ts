import type { Page } from '@playwright/test';

/** A custom tag to enter in the form. */
export interface TagInput {
  name: string;
  kind: 'Literal' | 'Header' | 'Environment';
  value: string;
}

/** The Tracing tab of an entity, as a person uses it. */
export class TracingTab {
  readonly #page: Page;

  static async open(
    page: Page,
    component: string,
    view = 'overview',
  ): Promise<TracingTab> {
    await page.goto(
      `/catalog/default/component/${component}/tracing?view=${view}`,
    );
    return new TracingTab(page);
  }

  private constructor(page: Page) {
    this.#page = page;
  }

  async startChange(): Promise<void> {
    await this.#page
      .getByRole('button', { name: /^Change (sampling or tags|again)$/ })
      .click();
  }

  /** Chooses how far the change reaches, by the name that the form shows. */
  async chooseScope(name: string): Promise<void> {
    await this.#page
      .getByRole('radiogroup', { name: 'Applies to' })
      .getByText(name, { exact: true })
      .click();
  }

  async setPercent(percent: number): Promise<void> {
    const field = this.#page.getByRole('textbox', {
      name: 'Percentage of requests',
    });
    await field.fill(String(percent));
    await field.press('Tab');
  }

  async addTags(tags: TagInput[]): Promise<void> {
    const page = this.#page;
    await page.getByText('Set custom tags', { exact: true }).click();
    const rows = page.getByRole('group', { name: /^Custom tag \d+$/ });
    for (const tag of tags) {
      await page.getByRole('button', { name: 'Add tag' }).click();
      const row = rows.last();
      await row.getByRole('button', { name: /Kind/ }).click();
      await page.getByRole('option', { name: tag.kind }).click();
      await row.getByLabel('Tag', { exact: true }).fill(tag.name);
      await row.getByLabel(/^(Value|Header name|Variable)$/).fill(tag.value);
    }
  }

  /**
   * Sets the end to so many minutes from now, cut to a whole minute of the
   * browser's clock, which is what the form takes.
   */
  async setEndIn(minutes: number): Promise<void> {
    const end = new Date(Date.now() + minutes * 60_000);
    const local = new Date(end.getTime() - end.getTimezoneOffset() * 60_000);
    await this.#page.getByText('At a time', { exact: true }).click();
    await this.#page
      .getByLabel('Ends at')
      .fill(local.toISOString().slice(0, 16));
  }

  async giveReason(reason: string): Promise<void> {
    await this.#page.getByLabel(/^Reason/).fill(reason);
  }

  async preview(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Preview' }).click();
    await this.#page.getByText('The API server would accept it').waitFor();
  }

  async apply(): Promise<void> {
    await this.#page
      .getByRole('button', { name: 'Apply', exact: true })
      .click();
  }

  async revert(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Revert now' }).click();
    await this.#page
      .getByRole('dialog')
      .getByRole('button', { name: /^Revert/ })
      .click();
  }
}
