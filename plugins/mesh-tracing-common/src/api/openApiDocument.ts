import { z } from 'zod';
import { errorDetailsSchema } from './errors';
import { findingSchema } from './findingSchema';
import { latencyStatisticsSchema } from './latencyApi';
import { apiRoutes, type ApiRoute } from './routes';
import { historyEntrySchema } from './sampling/historyApi';
import { pathParameterSchemas } from './pathParameters';
import {
  spanSchema,
  traceCoverageSchema,
  traceSummarySchema,
} from './tracesApi';
import {
  customTagSchema,
  effectiveTracingSchema,
  overrideSchema,
  tracingSourceSchema,
} from './tracingApi';
import { bindingViewSchema } from './bindingApi';
import { workloadRefSchema } from './workloadRefSchema';
import { clusterStateSchema, workloadViewSchema } from './workloadsApi';

/** A schema in the JSON Schema dialect of OpenAPI 3.0. @public */
export type JsonSchema = Record<string, unknown>;

/** An OpenAPI 3.0 parameter, as far as this document uses it. @public */
export interface OpenApiParameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  /** In queries: browsers leave some such characters as they are, and write a space as `+`. */
  allowReserved?: boolean;
  schema: JsonSchema;
}

/** An OpenAPI 3.0 response, as far as this document uses it. @public */
export interface OpenApiResponse {
  description: string;
  content: { [mediaType: string]: { schema: JsonSchema } };
}

/** An OpenAPI 3.0 operation, as far as this document uses it. @public */
export interface OpenApiOperation {
  operationId: string;
  summary: string;
  parameters: OpenApiParameter[];
  requestBody?: {
    required: true;
    content: { 'application/json': { schema: JsonSchema } };
  };
  responses: Record<string, OpenApiResponse>;
}

/** The OpenAPI 3.0 document of the HTTP contract. @public */
export interface OpenApiDocument {
  openapi: '3.0.3';
  info: { title: string; version: string; description: string };
  paths: Record<string, { [method: string]: OpenApiOperation }>;
  components: { schemas: Record<string, JsonSchema> };
}

const errorDescriptions: Record<string, string> = {
  '400': 'The request is not valid; the message names the field',
  '401': 'No signed-in user',
  '403': 'The caller may not do this',
  '404': 'The caller sees no such entity or trace',
  '503': 'A system behind the portal does not answer',
};

const errorBodySchema = z.object({
  error: z.looseObject({
    name: z.string(),
    message: z.string(),
    meshTracing: errorDetailsSchema.optional(),
  }),
  request: z.looseObject({}).optional(),
  response: z.looseObject({ statusCode: z.number() }),
});

/** What several responses share; written once, under its name. */
const namedSchemas = {
  Binding: bindingViewSchema,
  ClusterState: clusterStateSchema,
  CustomTag: customTagSchema,
  EffectiveTracing: effectiveTracingSchema,
  Error: errorBodySchema,
  Finding: findingSchema,
  HistoryEntry: historyEntrySchema,
  LatencyStatistics: latencyStatisticsSchema,
  Override: overrideSchema,
  Span: spanSchema,
  TraceCoverage: traceCoverageSchema,
  TraceSummary: traceSummarySchema,
  TracingSource: tracingSourceSchema,
  WorkloadRef: workloadRefSchema,
  Workload: workloadViewSchema,
};

const jsonSchemaOptions = {
  target: 'openapi-3.0',
  unrepresentable: 'any',
  override: ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) => {
    // OpenAPI 3.0 lets only a typed schema be nullable; what is named here is
    // an object, and a reference in `allOf` would forbid null again.
    if (jsonSchema.nullable && jsonSchema.allOf) {
      jsonSchema.oneOf = [
        ...jsonSchema.allOf,
        { type: 'object', nullable: true, enum: [null] },
      ];
      delete jsonSchema.allOf;
      delete jsonSchema.nullable;
    }
    // zod writes a pattern of some 400 characters beside a format that says the
    // same.
    if (jsonSchema.format !== undefined) {
      delete jsonSchema.pattern;
    }
  },
} as const;

/** Requests are written out, so that each is bounded by what it says itself. */
function requestSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _schema, ...json } = z.toJSONSchema(schema, {
    ...jsonSchemaOptions,
    metadata: z.registry(),
    io: 'input',
  });
  return json;
}

function responseName(route: ApiRoute): string {
  const name = route.operationId;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Response`;
}

function reference(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

function componentSchemas(routes: ApiRoute[]): Record<string, JsonSchema> {
  const names = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries<z.ZodType>(namedSchemas)) {
    names.add(schema, { id });
  }
  for (const route of routes) {
    names.add(route.response, { id: responseName(route) });
  }
  const { schemas } = z.toJSONSchema(names, {
    ...jsonSchemaOptions,
    metadata: names,
    io: 'output',
    uri: id => reference(id).$ref,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => {
      const { $schema: _schema, $id: _id, ...json } = schema;
      return [id, json];
    }),
  );
}

function pathSchemaOf(name: string): z.ZodType {
  const known: Record<string, z.ZodType> = pathParameterSchemas;
  const schema = known[name];
  if (!schema) {
    throw new Error(`Nothing says what may stand for {${name}} in a path`);
  }
  return schema;
}

function parametersOf(route: ApiRoute): OpenApiParameter[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(
    ([, name = '']): OpenApiParameter => ({
      name,
      in: 'path',
      required: true,
      schema: requestSchemaOf(pathSchemaOf(name)),
    }),
  );
  const inQuery = Object.entries(route.query?.shape ?? {}).map(
    ([name, schema]): OpenApiParameter => ({
      name,
      in: 'query',
      required: false,
      allowReserved: true,
      schema: requestSchemaOf(schema as z.ZodType),
    }),
  );
  return [...inPath, ...inQuery];
}

function responsesOf(route: ApiRoute): OpenApiOperation['responses'] {
  const conflicts = route.method === 'put' || route.method === 'delete';
  const failures = {
    ...errorDescriptions,
    ...(route.body
      ? {
          '413': 'The body is too large',
          '415': 'The body is not JSON in UTF-8, or packed in an unknown way',
        }
      : {}),
    ...(conflicts ? { '409': 'Something changed in between' } : {}),
  };
  return {
    '200': {
      description: route.summary,
      content: {
        'application/json': { schema: reference(responseName(route)) },
        ...Object.fromEntries(
          (route.textTypes ?? []).map(type => [
            type,
            { schema: { type: 'string' } },
          ]),
        ),
      },
    },
    ...Object.fromEntries(
      Object.entries(failures).map(([status, description]) => [
        status,
        {
          description,
          content: { 'application/json': { schema: reference('Error') } },
        },
      ]),
    ),
  };
}

function operationOf(route: ApiRoute): OpenApiOperation {
  return {
    operationId: route.operationId,
    summary: route.summary,
    parameters: parametersOf(route),
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: requestSchemaOf(route.body) },
            },
          },
        }
      : {}),
    responses: responsesOf(route),
  };
}

/**
 * The HTTP contract as an OpenAPI 3.0 document, made from {@link apiRoutes}.
 * Paths are below `/api/mesh-tracing`.
 * @public
 */
export function createOpenApiDocument(): OpenApiDocument {
  const routes = Object.values<ApiRoute>(apiRoutes);
  const paths: OpenApiDocument['paths'] = {};
  for (const route of routes) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method]: operationOf(route),
    };
  }
  return {
    openapi: '3.0.3',
    info: {
      title: 'Mesh Tracing',
      version: '1',
      description:
        'Traces, effective Istio tracing and sampling overrides of catalog entities. All routes need a signed-in user.',
    },
    paths,
    components: { schemas: componentSchemas(routes) },
  };
}
