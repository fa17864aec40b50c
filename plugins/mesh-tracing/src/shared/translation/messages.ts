import { alertMessages } from './alertMessages';
import { changeMessages } from './changeMessages';
import { effectMessages } from './effectMessages';
import { overviewMessages } from './overviewMessages';
import { requestMessages } from './requestMessages';
import { sampleMessages } from './sampleMessages';
import { samplingMessages } from './samplingMessages';
import { sharedMessages } from './sharedMessages';
import { traceMessages } from './traceMessages';
import { verdictMessages } from './verdictMessages';

/** All texts of the views, in English. */
export const messages = {
  ...sharedMessages,
  ...overviewMessages,
  ...requestMessages,
  ...traceMessages,
  ...sampleMessages,
  ...samplingMessages,
  ...effectMessages,
  ...changeMessages,
  ...verdictMessages,
  ...alertMessages,
} as const;
