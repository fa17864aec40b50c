import { defineConfig } from '@playwright/test';

/** Servers are started by the caller (`npm test`, `scripts/e2e.mjs`), which names the address. */
const baseURL = process.env.MESH_TRACING_URL;

export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json']],
  use: {
    baseURL,
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'product', testDir: 'product' },
    { name: 'lab', testDir: 'lab', timeout: 180_000 },
    { name: 'screenshots', testDir: 'screenshots' },
  ],
});
