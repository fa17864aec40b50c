import { createOpenApiDocument } from './openApiDocument';
import { apiRoutes } from './routes';

describe('createOpenApiDocument', () => {
  const document = createOpenApiDocument();

  it('holds every route of the contract under its method', () => {
    for (const route of Object.values(apiRoutes)) {
      expect(document.paths[route.path]?.[route.method]?.operationId).toBe(
        route.operationId,
      );
    }
  });

  it('requires each parameter of a path', () => {
    const trace = document.paths[apiRoutes.trace.path]?.get;
    expect(
      trace?.parameters.filter(p => p.in === 'path').map(p => p.name),
    ).toEqual(['kind', 'namespace', 'name', 'traceId']);
    expect(
      trace?.parameters.filter(p => p.in === 'path').every(p => p.required),
    ).toBe(true);
  });

  it('bounds the sampling percentage and refuses unknown fields of a body', () => {
    const schema =
      document.paths[apiRoutes.preview.path]?.post?.requestBody?.content[
        'application/json'
      ].schema;
    expect(schema).toMatchObject({
      additionalProperties: false,
      properties: {
        samplingPercent: { minimum: 0, maximum: 100, nullable: true },
      },
    });
  });

  it('describes numbers of a query as numbers', () => {
    const limit = document.paths[apiRoutes.traces.path]?.get?.parameters.find(
      p => p.name === 'limit',
    );
    expect(limit?.schema).toEqual({
      type: 'integer',
      minimum: 1,
      maximum: 500,
    });
  });

  it('says what a conflict looks like where one can happen', () => {
    const responses = document.paths[apiRoutes.apply.path]?.put?.responses;
    expect(Object.keys(responses ?? {})).toContain('409');
    expect(
      document.paths[apiRoutes.tracing.path]?.get?.responses['409'],
    ).toBeUndefined();
  });

  it('lets a named schema be null by the means of OpenAPI 3.0', () => {
    expect(
      document.components.schemas.GetLatencyResponse?.properties,
    ).toMatchObject({
      previous: {
        oneOf: [
          { $ref: '#/components/schemas/LatencyStatistics' },
          { type: 'object', nullable: true, enum: [null] },
        ],
      },
    });
  });

  it('is plain JSON without traces of the schema library', () => {
    const text = JSON.stringify(document);
    expect(JSON.parse(text)).toEqual(document);
    expect(text).not.toContain('$schema');
    expect(text).not.toContain('~standard');
  });
});
