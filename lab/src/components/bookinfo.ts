import {
  BOOKINFO_VARIABLE,
  type BookinfoService,
} from '../bookinfo/BookinfoSettings';
import { PORTS, type LabLayout } from '../layout/LabLayout';
import { httpGet } from '../process/httpGet';
import type { ComponentSpec } from './ComponentSpec';
import { nodeProgram } from './nodeProgram';

/** The sample application's services, all in one process. */
export function bookinfo(layout: LabLayout): ComponentSpec {
  const services: BookinfoService[] = layout.sidecars.map(
    ({ app, version, podAddress, egressAddress }) => ({
      app,
      version,
      host: podAddress,
      port: PORTS.app,
      egressHost: egressAddress,
      egressPort: PORTS.service,
    }),
  );
  const program = nodeProgram('bookinfo/main.ts');
  const details = layout.sidecars.find(({ app }) => app === 'details');
  const address = `http://${details?.podAddress}:${PORTS.app}`;
  return {
    ...program,
    name: 'bookinfo',
    env: { ...program.env, [BOOKINFO_VARIABLE]: JSON.stringify(services) },
    address,
    ready: async () => (await httpGet(address)).status === 200,
  };
}
