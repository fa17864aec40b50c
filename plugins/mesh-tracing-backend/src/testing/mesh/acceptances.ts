import type { ProxyAcceptance } from 'backstage-plugin-mesh-tracing-common';

const one = (
  state: ProxyAcceptance['state'],
  behind: ProxyAcceptance['behind'] = [],
): ProxyAcceptance => ({
  state,
  proxies: 1,
  accepted: state === 'accepted' ? 1 : 0,
  behind,
});

/** What istiod tells of a workload with one proxy; a refusal in the proxy's words. */
export const SIMPLE: Record<
  ProxyAcceptance['state'],
  (words: string) => ProxyAcceptance
> = {
  accepted: () => one('accepted'),
  pending: () => one('pending', [{ pod: 'cart-1', refused: false }]),
  refused: message =>
    one('refused', [{ pod: 'cart-1', refused: true, message }]),
  unknown: () => one('unknown'),
};
