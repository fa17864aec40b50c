import { alertMessages } from './alertMessages';
import { changeMessages } from './changeMessages';
import { diagnosisMessages } from './diagnosisMessages';
import { effectMessages } from './effectMessages';
import { forcingMessages } from './forcingMessages';
import { overviewMessages } from './overviewMessages';
import { propagationMessages } from './propagationMessages';
import { requestMessages } from './requestMessages';
import { sampleMessages } from './sampleMessages';
import { samplingMessages } from './samplingMessages';
import { setupMessages } from './setupMessages';
import { sharedMessages } from './sharedMessages';
import { traceMessages } from './traceMessages';
import { verdictMessages } from './verdictMessages';
import { yamlCheckMessages } from './yamlCheckMessages';

/** All texts of the views, in English. */
export const messages = {
  ...sharedMessages,
  ...overviewMessages,
  ...propagationMessages,
  ...requestMessages,
  ...traceMessages,
  ...sampleMessages,
  ...samplingMessages,
  ...effectMessages,
  ...changeMessages,
  ...verdictMessages,
  ...diagnosisMessages,
  ...forcingMessages,
  ...setupMessages,
  ...yamlCheckMessages,
  ...alertMessages,
} as const;
