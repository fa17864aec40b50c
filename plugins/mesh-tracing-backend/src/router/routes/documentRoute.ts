import { createOpenApiDocument } from 'backstage-plugin-mesh-tracing-common';
import type { Router } from 'express';

/** Serves the OpenAPI document of the contract, its paths as clients reach them. */
export function documentRoute(router: Router): void {
  const document = createOpenApiDocument();
  router.get('/openapi.json', async ({ baseUrl }, response) => {
    const paths = Object.fromEntries(
      Object.entries(document.paths).map(([path, operations]) => [
        `${baseUrl}${path}`,
        operations,
      ]),
    );
    response.json({ ...document, paths });
  });
}
