import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Search parameters to set; `undefined` removes one, an array repeats it. */
export type UrlPatch = Record<string, string | string[] | undefined>;

/** The state of the views, which lives in the URL. */
export interface TracingUrl {
  parameters: URLSearchParams;
  /** A link to the same page with some parameters changed: `?view=traces`. */
  href: (patch: UrlPatch) => string;
  /** Changes parameters; `replace` adds no entry to the browser's history. */
  update: (patch: UrlPatch, options?: { replace?: boolean }) => void;
}

/** Reads and changes the state of the views in the URL. */
export function useTracingUrl(): TracingUrl {
  const [parameters, setParameters] = useSearchParams();
  const update = useCallback(
    (patch: UrlPatch, options?: { replace?: boolean }) =>
      setParameters(current => patched(current, patch), options),
    [setParameters],
  );
  const href = useCallback(
    (patch: UrlPatch) => `?${patched(parameters, patch)}`,
    [parameters],
  );
  return useMemo(
    () => ({ parameters, href, update }),
    [parameters, href, update],
  );
}

function patched(parameters: URLSearchParams, patch: UrlPatch) {
  const next = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(patch)) {
    next.delete(name);
    for (const item of [value ?? []].flat()) {
      next.append(name, item);
    }
  }
  return next;
}
