import { injectedBy } from './injectedBy';

const injected = (
  namespaceLabels: Record<string, string>,
  podLabels: Record<string, string> = {},
) => injectedBy({ namespaceLabels, podLabels });

const ENABLED = { 'istio-injection': 'enabled' };
const CANARY = { 'istio.io/rev': 'canary' };

describe('the injector that adds a proxy to a new pod', () => {
  it('is that of the default revision where the namespace is enabled', () => {
    expect(injected(ENABLED)).toBe('default');
    expect(injected(ENABLED, CANARY)).toBe('default');
  });

  it('is that of the revision that the namespace names, or else the pod', () => {
    expect(injected(CANARY)).toBe('canary');
    expect(injected({}, CANARY)).toBe('canary');
  });

  it('is none for a pod that refuses, in a namespace that does, or without a label', () => {
    const refuses = { 'sidecar.istio.io/inject': 'false' };
    expect(injected(ENABLED, refuses)).toBeNull();
    expect(injected({ 'istio-injection': 'disabled' }, CANARY)).toBeNull();
    expect(injected({})).toBeNull();
  });

  it('follows a pod that asks for it by itself', () => {
    expect(injected({}, { 'sidecar.istio.io/inject': 'true' })).toBe('default');
  });
});
