import { customisationsOf } from '../../../tracing';
import type { DiagnosisMend } from '../../model/Diagnosis';
import type { ConfigurationFacts } from '../ConfigurationFacts';
import { patchCommand } from '../mends/kubectl';
import { hostOf, kubernetesServiceOf, spokenSide } from './providerWords';

/** Adds the collector to the egress of the Sidecar that leaves it out. */
export function egressMends(facts: ConfigurationFacts): DiagnosisMend[] {
  const { inputs, workload } = facts;
  const { sidecar } = customisationsOf(inputs, workload);
  const service = spokenSide(facts)?.provider.value?.service;
  if (!sidecar || !service) return [];
  const host = hostOf(service);
  const namespace = service.includes('/')
    ? service.slice(0, service.indexOf('/'))
    : kubernetesServiceOf(service)?.namespace ?? '*';
  return [
    {
      kind: 'command',
      what: `Let Sidecar ${sidecar.namespace}/${sidecar.name} reach the collector.`,
      command: patchCommand('sidecar', sidecar, [
        {
          op: 'add',
          path: '/spec/egress/0/hosts/-',
          value: `${namespace}/${host}`,
        },
      ]),
    },
  ];
}
