// npm run dev: frontend and backend with hot reload, on the embedded mesh.
import { ensureDependencies } from './lib/dependencies.mjs';
import { root, yarnRelease } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { supportedEnvironment, supportedNode } from './lib/supportedNode.mjs';

await ensureDependencies();
process.exitCode = await run(
  supportedNode(),
  [
    yarnRelease,
    'backstage-cli',
    'repo',
    'start',
    ...[
      'app-config.yaml',
      'app-config.demo.yaml',
      'app-config.dev.yaml',
    ].flatMap(config => ['--config', `../../${config}`]),
  ],
  { cwd: root, env: supportedEnvironment() },
);
