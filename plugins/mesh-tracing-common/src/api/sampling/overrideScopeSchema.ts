import { z } from 'zod';
import { OVERRIDE_SCOPES } from './OverrideScope';

/** How far an override reaches. @public */
export const overrideScopeSchema = z.enum(OVERRIDE_SCOPES);
