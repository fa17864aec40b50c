const CHECK_EVERY_MS = 5;
const GIVE_UP_MS = 8_000;

/** Resolves when the condition holds; rejects after some seconds. */
export async function waitFor(
  condition: () => boolean,
  what: string,
): Promise<void> {
  const giveUpAtMs = Date.now() + GIVE_UP_MS;
  while (!condition()) {
    if (Date.now() > giveUpAtMs) {
      throw new Error(`Waited in vain for: ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, CHECK_EVERY_MS));
  }
}
