import type { ConditionalRisk } from './ConditionalPlan';

/** What each risk means, one line each, for people who read the generated file. */
export const riskTexts: Readonly<Record<ConditionalRisk, string>> = {
  'reaches-others':
    'Other workloads of the namespace have the same labels and change, too.',
  spoofable:
    'Whoever can send this header has requests traced: nothing proves who sends it.',
  load: 'Each marked request is traced, in every service that it passes, however many there are.',
  'identity-in-clear':
    'The value stands here in clear text: use no secret, and no personal data.',
  'strip-at-edge':
    'The header arrives from outside, and goes on to the services, unless a gateway before removes it.',
  'before-authentication':
    'The decision falls before the filters that check who calls: headers that those set come too late.',
  'decided-before':
    'A request that arrives with the decision not to trace keeps it: this works where requests enter the mesh.',
  'unproven-version':
    'Proven with proxies of Istio 1.31: after applying it, see whether all proxies accepted it (istioctl proxy-status).',
  'volatile-labels':
    'A label that selects the pods may change with a rollout: it would then match nothing.',
  'breaks-with-upgrades':
    'An EnvoyFilter is tied to what istiod generates: try it again before each upgrade of Istio.',
};
