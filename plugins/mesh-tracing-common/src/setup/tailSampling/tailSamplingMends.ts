import type { SetupMend } from '../SetupFinding';
import {
  tailSamplingPolicy,
  type TailSamplingInput,
} from './tailSamplingPolicy';

/** The policy as it is offered: what the collectors get, and what the mesh must do. @public */
export function tailSamplingMends(input: TailSamplingInput): SetupMend[] {
  const { collectorYaml, loadBalancerYaml, telemetryYaml } =
    tailSamplingPolicy(input);
  return [
    {
      kind: 'yaml',
      title: 'First: the collectors that keep failed and slow traces',
      text: collectorYaml,
    },
    {
      kind: 'yaml',
      title: 'With several of them: the collectors in front',
      text: loadBalancerYaml,
    },
    {
      kind: 'yaml',
      title: 'Then: a Telemetry that traces every request',
      text: telemetryYaml,
    },
  ];
}
