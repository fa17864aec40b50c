/** Moves the focus to the first field of a form that is marked as wrong. */
export function focusFirstWrong(form: HTMLElement): void {
  const wrong = form.querySelector<HTMLElement>(
    '[data-wrong], [aria-invalid="true"]',
  );
  const field = wrong?.matches('input, textarea, button')
    ? wrong
    : wrong?.querySelector<HTMLElement>(
        'input:checked, input:not([type="hidden"]):not([type="radio"]), textarea, button',
      ) ?? wrong?.querySelector<HTMLElement>('input[type="radio"]');
  field?.focus();
}
