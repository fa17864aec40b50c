const KEY = 'mesh-tracing.demo-account';

/**
 * Entity ref of the account that was chosen in this tab, else last in this browser:
 * a link that is opened in a new tab needs no second sign-in.
 */
export function rememberedAccount(): string | null {
  return sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
}

/** Remembers the account over a reload, for this tab first. */
export function rememberAccount(entityRef: string): void {
  sessionStorage.setItem(KEY, entityRef);
  localStorage.setItem(KEY, entityRef);
}

/** Forgets the account, as signing out does. */
export function forgetAccount(): void {
  sessionStorage.removeItem(KEY);
  localStorage.removeItem(KEY);
}
