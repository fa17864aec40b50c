import type { AuditorService } from '@backstage/backend-plugin-api';

/** An auditor that notes its events, for the reason that `mockLogger` gives. */
export function mockAuditor(): jest.Mocked<AuditorService> {
  return {
    createEvent: jest.fn(async _ => ({
      success: jest.fn(async () => {}),
      fail: jest.fn(async () => {}),
    })),
  };
}
