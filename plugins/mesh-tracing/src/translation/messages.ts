import { changeMessages } from './changeMessages';
import { overviewMessages } from './overviewMessages';
import { samplingMessages } from './samplingMessages';
import { sharedMessages } from './sharedMessages';
import { traceMessages } from './traceMessages';

/** All texts of the views, in English. */
export const messages = {
  ...sharedMessages,
  ...overviewMessages,
  ...traceMessages,
  ...samplingMessages,
  ...changeMessages,
} as const;
