import { MESH_CONFIG_SCHEMA } from './meshConfigSchema';
import { ProtoSchema } from './ProtoSchema';

/** The messages that a mesh config is made of. */
export const MESH_SCHEMA = ProtoSchema.create(MESH_CONFIG_SCHEMA);
