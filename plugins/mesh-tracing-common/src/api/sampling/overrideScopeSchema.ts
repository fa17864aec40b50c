import { z } from 'zod';
import { OVERRIDE_SCOPES } from './OverrideScope';

/** How far an override reaches. */
export const overrideScopeSchema = z.enum(OVERRIDE_SCOPES);
