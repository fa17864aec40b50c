import { z } from 'zod';
import { OVERRIDE_SCOPES } from '../sampling/overrideScope';

/** How far an override reaches. @public */
export const overrideScopeSchema = z.enum(OVERRIDE_SCOPES);
