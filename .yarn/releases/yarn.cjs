#!/usr/bin/env node
// Runs the committed Yarn release on a Node.js version Backstage supports (22 or 24).
const path = require('path');
const fs = require('fs');
const { spawn, spawnSync } = require('child_process');

const yarn = path.join(__dirname, 'yarn-4.13.0.cjs');
const major = Number(process.versions.node.split('.')[0]);
process.env.YARN_IGNORE_PATH = '1';

if (major === 22 || major === 24) {
  process.argv[1] = yarn;
  require(yarn);
} else {
  const dir = path.join(__dirname, '..', 'node');
  const bin = path.join(dir, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (!fs.existsSync(bin)) {
    console.error(`Node.js ${process.version} is not supported; installing a supported one into ${dir} from the npm registry`);
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: dir, stdio: ['ignore', 2, 2] });
    if (status !== 0) process.exit(status ?? 1);
  }
  const child = spawn(bin, [yarn, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, PATH: path.dirname(bin) + path.delimiter + process.env.PATH },
  });
  for (const s of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(s, () => child.kill(s));
  child.on('exit', (code, signal) => {
    if (signal) { process.removeAllListeners(signal); process.kill(process.pid, signal); }
    else process.exit(code ?? 1);
  });
}
