import { stringify } from 'yaml';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type { Mismatch } from '../runRound';

function plain({ metadata, spec }: Telemetry): object {
  const { name, namespace, creationTimestamp, labels } = metadata;
  return { metadata: { name, namespace, creationTimestamp, labels }, spec };
}

/** Everything that it takes to look into a mismatch, as YAML. */
export function reportMismatch(mismatch: Mismatch): string {
  const { chain, inputs, proxy, telemetry, differences } = mismatch;
  return `---\n${stringify(
    {
      mismatch: {
        ...(chain !== undefined && { chain }),
        ...(telemetry && { telemetry: plain(telemetry) }),
        ...(proxy && { proxy }),
        ...(inputs && {
          istiod: inputs.istiod,
          meshConfig: inputs.meshConfig,
          telemetries: inputs.telemetries.map(plain),
        }),
        differences,
      },
    },
    { aliasDuplicateObjects: false },
  )}`;
}
