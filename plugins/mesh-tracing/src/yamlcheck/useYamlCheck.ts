import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import type { YamlCheckResponse } from 'backstage-plugin-mesh-tracing-common';
import { useCallback, useState } from 'react';
import { meshTracingApiRef } from '../shared/api/MeshTracingApi';
import { useLatestSignal } from '../shared/states/useLatestSignal';

/** The newest check of a text. */
export interface YamlCheckState {
  checking: boolean;
  error?: unknown;
  answer?: { text: string; response: YamlCheckResponse };
  /** Asks about a text; one that is under way is given up. */
  check: (text: string) => Promise<void>;
  forget: () => void;
}

/** Checks texts, of which only the newest counts. */
export function useYamlCheck(entityRef: CompoundEntityRef): YamlCheckState {
  const api = useApi(meshTracingApiRef);
  const { begin, giveUp } = useLatestSignal(JSON.stringify(entityRef));
  const [state, setState] = useState<
    Pick<YamlCheckState, 'checking' | 'error' | 'answer'>
  >({ checking: false });
  const check = useCallback(
    async (text: string) => {
      const signal = begin();
      setState({ checking: true });
      try {
        const response = await api.checkYaml(entityRef, text, { signal });
        if (!signal.aborted) {
          setState({ checking: false, answer: { text, response } });
        }
      } catch (error) {
        if (!signal.aborted) setState({ checking: false, error });
      }
    },
    [api, begin, entityRef],
  );
  const forget = useCallback(() => {
    giveUp();
    setState({ checking: false });
  }, [giveUp]);
  return { ...state, check, forget };
}
