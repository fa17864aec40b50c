import type { MeshCluster } from 'backstage-plugin-mesh-tracing-node';
import { errorDetailsOf } from '../shared/errorDetails';
import { writesOf } from './writesOf';

const readOnly: MeshCluster = {
  name: 'archive',
  snapshot: () => {
    throw new Error('is not asked for');
  },
  getTelemetry: async () => undefined,
};
const writes = {
  createTelemetry: jest.fn(),
  replaceTelemetry: jest.fn(),
  deleteTelemetry: jest.fn(),
};

describe('the writes of a cluster', () => {
  it('are those of the cluster where it has all three', () => {
    const cluster = { ...readOnly, ...writes };
    expect(writesOf(cluster)).toBe(cluster);
  });

  it.each([
    ['every one', {}],
    ['deletion', { createTelemetry: jest.fn(), replaceTelemetry: jest.fn() }],
    ['creation', { ...writes, createTelemetry: undefined }],
  ])(
    'are refused where %s is missing, since an override that is created must be removable',
    (_, some) => {
      let error: unknown;
      try {
        writesOf({ ...readOnly, ...some });
      } catch (caught) {
        error = caught;
      }
      expect(error).toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining("'archive' is read only"),
      });
      expect(errorDetailsOf(error)).toMatchObject({
        system: 'cluster',
        systemName: 'archive',
        whatToDo: expect.any(String),
      });
    },
  );
});
