import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import { admissionDifferences } from './compareAdmission';
import type { Admission } from '../../checks/postTelemetry';

const accepted: Admission = {
  accepted: true,
  status: 201,
  message: '',
  warnings: [],
};
const refused: Admission = {
  accepted: false,
  status: 422,
  message: 'no',
  warnings: [],
};

function telemetry(spec: object, revision?: string): Telemetry {
  return {
    metadata: {
      name: 'a',
      namespace: 'shop',
      ...(revision && { labels: { 'istio.io/rev': revision } }),
    },
    spec,
  };
}

const beyondRange = { tracing: [{ randomSamplingPercentage: 101 }] };
const twoEntries = { tracing: [{}, {}] };
const twoEntriesWarning = 'multiple tracing is not currently supported';

describe('admissionDifferences', () => {
  it('has none where both refuse', () => {
    expect(admissionDifferences(telemetry(beyondRange), refused)).toEqual([]);
  });

  it('reports what only one of the two refuses', () => {
    expect(admissionDifferences(telemetry(beyondRange), accepted)).toEqual([
      expect.objectContaining({ what: 'admission', got: 'accepted' }),
    ]);
    expect(admissionDifferences(telemetry({}), refused)).toEqual([
      {
        what: 'admission',
        expected: 'accepted',
        got: { refused: 422, message: 'no' },
      },
    ]);
  });

  it('compares warnings, each text once', () => {
    const twice = {
      tracing: [
        { providers: [{ name: 'a' }, { name: 'b' }] },
        { providers: [{ name: 'a' }, { name: 'b' }] },
      ],
    };

    expect(admissionDifferences(telemetry(twoEntries), accepted)).toEqual([
      { what: 'warnings', expected: [twoEntriesWarning], got: [] },
    ]);
    expect(
      admissionDifferences(telemetry(twice), {
        ...accepted,
        warnings: [
          twoEntriesWarning,
          'multiple providers is not currently supported',
        ],
      }),
    ).toEqual([]);
  });

  it('expects no warning on an object of another revision', () => {
    const other = telemetry(twoEntries, 'canary');

    expect(admissionDifferences(other, accepted)).toEqual([]);
  });

  it('counts what only this product refuses as accepted', () => {
    const withoutKind = telemetry({ tracing: [{ customTags: { a: {} } }] });

    expect(admissionDifferences(withoutKind, accepted)).toEqual([]);
  });
});
