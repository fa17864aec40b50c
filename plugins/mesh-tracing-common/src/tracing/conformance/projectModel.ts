import { type FoldedSide, isDisabled } from '../resolve/foldTracing';
import type { Resolution } from '../resolve/Resolution';

/** The folded specification in the form in which Istio's was recorded. */
export function projectModel({ sides: { folded } }: Resolution) {
  return folded
    ? { client: projectSide(folded.client), server: projectSide(folded.server) }
    : null;
}

function projectSide(side: FoldedSide) {
  const tags = side.customTags.at(-1);
  return {
    provider: side.provider.value?.provider.name ?? null,
    disabled: isDisabled(side),
    randomSamplingPercentage: side.samplingPercent.at(-1)?.value ?? null,
    useRequestIdForTraceSampling: side.useRequestId.value,
    enableIstioTags: side.istioTags.value,
    disableContextPropagation: side.disableContextPropagation.value,
    ...(tags ? { customTags: tags.value } : {}),
  };
}
