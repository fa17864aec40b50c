import type {
  OverrideView,
  PreviewResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import type { useOverrideFlow } from '../change/useOverrideFlow';
import { isTouchedAlready, lacksConsentOnly } from '../conflict/touchedAlready';
import { CONTENT_FIELDS } from '../draft/overrideContent';
import type { Previewed } from '../preview/Previewed';

type Change = ReturnType<typeof useOverrideFlow>;

/**
 * Applies an extension without a look at its preview, where the preview shows that
 * nothing else changes and nobody else is newly touched; and shows it, to be
 * confirmed, where it does not. A wide scope is always shown.
 */
export function useOneClick(
  { apply, ask, show, showConflict }: Change,
  latest: OverrideView,
) {
  const [isShown, setShown] = useState(false);

  const settle = async (first: Previewed, isWhole: boolean) => {
    const yaml = await loadedYaml(show);
    if (!yaml) {
      return;
    }
    const { request, preview } = first;
    const conflict = yaml.changedMeanwhile(latest, preview, CONTENT_FIELDS);
    if (conflict) {
      showConflict(conflict);
      return;
    }
    const movesEndOnly = (other: PreviewResponse) =>
      yaml.onlyEndMoves(other) && isTouchedAlready(other, latest);
    const isSafe =
      isWhole && request.scope === undefined && movesEndOnly(preview);
    // Who consented when it was set need not be asked again for the same.
    const last =
      isSafe && lacksConsentOnly(preview)
        ? await ask({ ...request, acceptOtherWorkloads: true })
        : first;
    if (!last) {
      return;
    }
    const { token } = last.preview;
    if (isSafe && token !== undefined && movesEndOnly(last.preview)) {
      await apply(last);
    } else {
      setShown(true);
      // A consent that was only taken over must not be confirmed unseen.
      show(token === undefined ? last : first);
    }
  };

  return { isShown, hide: () => setShown(false), settle };
}

/** A part of the program; undefined, and told, where it can't be loaded. */
async function loadedYaml(show: Change['show']) {
  try {
    return await import('../conflict/overrideYaml');
  } catch (error) {
    show({ step: 'editing', error });
    return undefined;
  }
}
