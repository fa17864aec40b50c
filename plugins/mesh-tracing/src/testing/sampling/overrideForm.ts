import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

/** Fills the form of an override for the entity `checkout`. */
export async function fillForm(): Promise<HTMLElement> {
  const form = await screen.findByRole('form', {
    name: 'Override for checkout',
  });
  const percent = within(form).getByRole('textbox', {
    name: 'Percentage of requests',
  });
  await userEvent.clear(percent);
  await userEvent.type(percent, '80');
  await userEvent.tab();
  await userEvent.type(within(form).getByLabelText(/^Reason/), 'Slow checkout');
  return form;
}

/** Asks for the preview of what the form says. */
export async function submitForm(): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name: 'Preview' }));
}

/** Fills the form and goes on to what would change. */
export async function preview(): Promise<HTMLElement> {
  await fillForm();
  await submitForm();
  return screen.findByRole('region', { name: 'What would change' });
}

/** Says yes to the question whether the override is to be reverted. */
export async function confirmRevert(): Promise<void> {
  await userEvent.click(
    within(await screen.findByRole('dialog')).getByRole('button', {
      name: 'Revert now',
    }),
  );
}
