import type { SamplingStore } from './SamplingStore';

/** Who made the change that wrote an object; undefined where that is not known. */
export async function actorOfChange(
  store: Pick<SamplingStore, 'findByChange'>,
  changeId: string | undefined,
): Promise<string | undefined> {
  return changeId === undefined
    ? undefined
    : (await store.findByChange(changeId))?.actor;
}
