import {
  OVERRIDE_ANNOTATIONS,
  type Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import { mockLogger } from '../../testing/services/mockLogger';
import { OverrideAnnouncer } from './OverrideAnnouncer';
import type { ChangeRecord } from '../protocol/ChangeRecord';

const ADA = 'user:default/ada';

const record: ChangeRecord = {
  id: '1',
  atMs: 0,
  kind: 'apply',
  outcome: 'succeeded',
  actor: 'user:default/bob',
  entityRef: 'component:default/of-bob',
  workload: {
    cluster: 'main',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'cart',
  },
  telemetryName: 'mesh-tracing.cart',
};

const former: Telemetry = {
  metadata: {
    namespace: 'shop',
    name: 'mesh-tracing.cart',
    annotations: {
      [OVERRIDE_ANNOTATIONS.changedBy]: ADA,
      [OVERRIDE_ANNOTATIONS.entity]: 'component:default/of-ada',
    },
  },
};

describe('who set an override that another changed from another entity', () => {
  it('is told with a link to the own entity, and nothing of the other', async () => {
    const send = jest.fn();
    const publish = jest.fn();
    await OverrideAnnouncer.create({
      logger: mockLogger(),
      notifications: { send },
      signals: { publish },
    }).changed(record, former);
    expect(send.mock.calls).toMatchObject([
      [
        {
          recipients: { entityRef: ADA },
          payload: { link: '/catalog/default/component/of-ada/tracing' },
        },
      ],
    ]);
    expect(publish.mock.calls).toMatchObject([
      [{ recipients: { entityRef: [record.actor, ADA] } }],
    ]);
    expect(JSON.stringify([send.mock.calls, publish.mock.calls])).not.toContain(
      'of-bob',
    );
  });
});

describe('a notification', () => {
  it('shows what others wrote in one line, and links nowhere else', async () => {
    const send = jest.fn();
    await OverrideAnnouncer.create({
      logger: mockLogger(),
      notifications: { send },
    }).changed(
      { ...record, reason: 'load\u202etset\n\u001b[31mtest\u2069' },
      {
        metadata: {
          ...former.metadata,
          annotations: {
            ...former.metadata.annotations,
            [OVERRIDE_ANNOTATIONS.entity]: 'component:default/../../?x=#y',
          },
        },
      },
    );
    expect(send.mock.calls).toMatchObject([
      [
        {
          payload: {
            description: `By ${record.actor}: loadtset [31mtest`,
            link: '/catalog/default/component/..%2F..%2F%3Fx%3D%23y/tracing',
          },
        },
      ],
    ]);
  });
});
