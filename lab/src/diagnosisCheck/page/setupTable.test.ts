import type { BrokenSetup } from '../PlantedSetup';
import type { ProvenSetup } from './ProvenSetup';
import { setupTable } from './setupTable';

const setup: BrokenSetup = {
  name: 'store down',
  planted: 'Jaeger does not run.',
  symptom: 'An error.',
  entity: 'frontend',
  workload: 'frontend-v1',
  expected: { rung: 'store', code: 'store-down' },
  plant: async () => undefined,
};

function proven(what: string): ProvenSetup {
  return {
    setup,
    rung: {
      id: 'store',
      verdict: 'broken',
      code: 'store-down',
      cause: 'It took 12 ms.',
      evidence: [],
      mends: [],
      docs: 'diagnosis#store',
    },
    mend: { kind: 'advice', what },
    seen: '12 ms',
    back: '17 traces',
    times: 'planted 0.1 s',
  };
}

describe('the table of planted set-ups', () => {
  it('has columns as wide as their longest cell', () => {
    const lines = setupTable([proven('Start it.')]).split('\n');
    expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
    expect(lines[2]).toContain('| store, `store-down` |');
  });

  it('says nothing that differs from run to run', () => {
    const at = (block: string) =>
      setupTable([proven(`Look at ${block}.2:16686 | and\nstart it.`)]);
    expect(at('127.9.44')).toBe(at('127.112.7'));
    expect(at('127.9.44')).toContain('127.x.y.2:16686 \\| and start it.');
    expect(at('127.9.44')).not.toMatch(/12 ms|17 traces/);
  });
});
