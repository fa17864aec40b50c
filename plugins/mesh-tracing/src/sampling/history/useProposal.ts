import { useCallback, useRef, useState } from 'react';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import type { Proposal } from '../draft/proposal';

/** Opens the form with settings of the past, and leads there. */
export function useProposal() {
  const { update } = useTracingUrl();
  const [proposal, setProposal] = useState<Proposal>();
  /** Counts the forms, so that each proposal begins one anew. */
  const [forms, setForms] = useState(0);
  const formRef = useRef<HTMLDivElement>(null);
  const propose = useCallback(
    (next: Proposal) => {
      setProposal(next);
      setForms(count => count + 1);
      update({ change: 'true' });
      formRef.current?.focus();
    },
    [update],
  );
  const forget = useCallback(() => setProposal(undefined), []);
  return { proposal, forms, propose, forget, formRef };
}
