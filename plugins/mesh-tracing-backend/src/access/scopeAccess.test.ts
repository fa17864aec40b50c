import {
  startMeshTracing,
  type MeshTracingHarness,
  type MeshTracingOptions,
} from '../testing/portal/startMeshTracing';
import type { Persona } from '../testing/portal/personas';
import { validQuestion } from '../testing/portal/requests';

const config = { sampling: { scopes: ['workload', 'namespace', 'mesh'] } };

describe('who may change a whole namespace or mesh', () => {
  let harness: MeshTracingHarness;
  afterEach(() => harness.stop());

  const start = async (options: MeshTracingOptions) => {
    harness = await startMeshTracing({
      config,
      permissionsEnabled: true,
      ...options,
    });
  };
  const preview = (persona: Persona, scope: string) => {
    const question = validQuestion('preview');
    return harness.ask(persona, 'preview', {
      ...question,
      body: { ...question.body, scope },
    });
  };
  const denied = (name: string) => (permission: string) => permission !== name;

  it.each([
    ['namespace', 'token'],
    // Others hold the Telemetry of the example's mesh, so the preview hands the
    // change over.
    ['mesh', 'handover'],
  ])('an owner with the permission of the %s', async (scope, way) => {
    await start({});
    const { status, body } = await preview('owner', scope);
    expect(status).toBe(200);
    expect(body[way]).toBeDefined();
    expect(body.reach.owners).toContain('group:default/payments');
  });

  it.each([
    ['namespace', 'mesh-tracing.sampling.namespace.update'],
    ['mesh', 'mesh-tracing.sampling.mesh.update'],
  ])('not an owner without the permission of the %s', async (scope, name) => {
    await start({ policy: denied(name) });
    const { status, body } = await preview('owner', scope);
    expect(status).toBe(403);
    expect(body.error.message).toContain(name);
    const { body: tracing } = await harness.ask('owner', 'tracing');
    expect(tracing.ability.allowed).toBe(true);
    expect(tracing.ability.scopes).toContainEqual({
      scope,
      allowed: false,
      reason: expect.stringContaining(name),
    });
  });

  it.each(['namespace', 'mesh'])(
    'not a stranger, whatever the policy says of the %s',
    async scope => {
      await start({});
      expect((await preview('stranger', scope)).status).toBe(403);
    },
  );

  it.each(['owners', 'permission'])(
    'nobody while the permission framework is off, with writers: %s',
    async writers => {
      await start({
        permissionsEnabled: false,
        config: { sampling: { ...config.sampling, writers } },
      });
      const { status, body } = await preview('owner', 'namespace');
      expect(status).toBe(403);
      expect(body.error.message).toContain('permission.enabled');
    },
  );

  it.each(['namespace', 'mesh'])(
    'nobody reverts the override of a %s without its permission',
    async scope => {
      await start({ policy: denied(`mesh-tracing.sampling.${scope}.update`) });
      const question = validQuestion('revert');
      const { status } = await harness.ask('owner', 'revert', {
        ...question,
        body: { ...question.body, scope },
      });
      expect(status).toBe(403);
    },
  );
});
