import { serveHttp, passOn } from '../lab/relays';
import type { MeshLab } from '../lab/MeshLab';
import { withStore } from '../portal/portalConfig';
import { inWords } from '../mends/applyMend';
import type { BrokenSetup } from '../PlantedSetup';

const frontend = { entity: 'frontend', workload: 'frontend-v1' } as const;
const SIGN_IN = '/oauth2/sign_in';
const TOKEN = 'lab-token';
const TENANT = 'bookinfo';

/** The product can't show traces, which the store itself may have. */
async function portalFails(lab: MeshLab): Promise<string> {
  const answer = await lab.portal
    .ask('traces', { entity: 'frontend' })
    .then(({ traces }) => `${traces.length} traces`)
    .catch((error: Error) => error.message);
  if (/^[1-9]\d* traces$/.test(answer)) {
    throw new Error(`The product still shows ${answer}.`);
  }
  return 'the product shows no traces';
}

/**
 * A store of tenants. Jaeger's own pipeline forgets the tenant of spans; its storage
 * takes the same requests, at the same port, and keeps tenants apart.
 */
function tenantsOnly(lab: MeshLab): Promise<void> {
  return lab.programs.emptyJaeger(({ service, extensions, receivers }) => {
    const tenancy = { Enabled: true, Header: 'x-tenant', Tenants: [TENANT] };
    const { grpc } = receivers.otlp.protocols;
    delete receivers.otlp.protocols.grpc;
    extensions.jaeger_query.multi_tenancy = tenancy;
    extensions.remote_storage = {
      ...grpc,
      storage: 'traces',
      multi_tenancy: tenancy,
    };
    service.extensions.push('remote_storage');
  });
}

/** A store that can't be read as the portal tries to. */
export const storeSetups: BrokenSetup[] = [
  {
    ...frontend,
    name: 'store down',
    planted: 'Jaeger does not run.',
    symptom: 'The view of traces shows an error.',
    expected: { rung: 'store', code: 'store-down' },
    wanted: inWords,
    plant: lab => lab.programs.stop('jaeger'),
    seen: portalFails,
    byHand: lab => lab.programs.startAgain('jaeger'),
  },
  {
    ...frontend,
    name: 'store behind a login page',
    planted:
      'A proxy before Jaeger sends whoever brings no token to its login page.',
    symptom: 'The view of traces shows an error.',
    expected: { rung: 'store', code: 'store-login-page' },
    environment: { TRACE_STORE_TOKEN: TOKEN },
    plant: async lab => {
      const at = { host: lab.spareAddress(1), port: 4180 };
      lab.keep(
        await serveHttp(at, (incoming, response) => {
          if (incoming.headers.authorization === `Bearer ${TOKEN}`) {
            passOn(
              incoming,
              response,
              `${lab.endpoints.jaegerQuery}${incoming.url}`,
            );
          } else if (incoming.url?.startsWith(SIGN_IN)) {
            response
              .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
              .end('<!doctype html><title>Sign in</title><form></form>');
          } else {
            response.writeHead(302, { location: SIGN_IN }).end();
          }
        }),
      );
      await lab.portalWith(config =>
        withStore(config, { url: `http://${at.host}:${at.port}` }),
      );
    },
    seen: portalFails,
  },
  {
    ...frontend,
    name: 'wrong tenant',
    planted: `Jaeger has the tenant ${TENANT}; the portal asks as book-info.`,
    symptom: 'The view of traces shows an error, or none.',
    expected: { rung: 'store', code: 'store-tenant-unknown' },
    environment: { TRACE_STORE_TENANT: TENANT },
    plant: async lab => {
      await tenantsOnly(lab);
      await lab.meshConfig(config => {
        for (const provider of config.extensionProviders ?? []) {
          provider.opentelemetry = {
            ...(provider.opentelemetry as object),
            grpc: { initialMetadata: [{ name: 'x-tenant', value: TENANT }] },
          };
        }
      });
      await lab.portalWith(config =>
        withStore(config, { tenant: { value: 'book-info' } }),
      );
    },
    seen: portalFails,
  },
  {
    ...frontend,
    name: 'wrong base path',
    planted:
      'Jaeger answers below /jaeger; the portal asks without this base path.',
    symptom: 'The view of traces shows an error.',
    expected: { rung: 'store', code: 'store-wrong-path' },
    plant: lab =>
      lab.programs.emptyJaeger(config => {
        config.extensions.jaeger_query.base_path = '/jaeger';
      }),
    seen: portalFails,
  },
];
