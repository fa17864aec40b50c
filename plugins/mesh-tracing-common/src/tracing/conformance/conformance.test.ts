import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConformanceFile } from './ConformanceFile';
import { runConformance } from './runConformance';

function recorded(): ConformanceFile {
  const path = join(__dirname, '../../../fixtures/istio-telemetry.json');
  return JSON.parse(readFileSync(path, 'utf8'));
}

describe('behaviour recorded from Istio', () => {
  it('is all run: every case of every list', () => {
    expect(runConformance(recorded()).cases).toEqual({
      hand: 71,
      fuzz_model: 100,
      fuzz_hcm: 50,
      validation_webhook: 34,
    });
  });

  it('is reproduced exactly, in every order of the resources', () => {
    const report = runConformance(recorded());
    expect(report.mismatches).toEqual([]);
    expect(report).toMatchObject({ passed: 255, failed: 0 });
  });

  it('is compared field by field', () => {
    const file = recorded();
    const known = file.hand?.find(
      item => item.name === 'service tags from labels',
    );
    const webhook = file.validation_webhook?.find(
      item => item.name === 'two tracing',
    );
    if (!known || !webhook) throw new Error('The fixtures lack a case');
    const out = JSON.parse(JSON.stringify(known.out));
    out.model.client.randomSamplingPercentage = 5;
    out.hcm.inbound.tracing.customTags[0].tag = 'a';
    const report = runConformance({
      ...file,
      hand: [{ ...known, out }],
      fuzz_model: [],
      fuzz_hcm: [],
      validation_webhook: [{ ...webhook, warning: null }],
    });
    expect(report).toMatchObject({ passed: 0, failed: 2 });
    expect(report.mismatches).toEqual(
      expect.arrayContaining([
        {
          list: 'hand',
          case: 'service tags from labels',
          check: 'model',
          path: 'client.randomSamplingPercentage',
          expected: 5,
          got: null,
        },
        expect.objectContaining({
          check: 'hcm',
          path: 'inbound.tracing.customTags[0].tag',
          expected: 'a',
        }),
        expect.objectContaining({
          check: 'webhook',
          path: 'warning',
          expected: null,
          got: 'multiple tracing is not currently supported',
        }),
      ]),
    );
  });

  it('says that istiod fails on a lightstep provider', () => {
    const item = recorded().hand?.find(({ out }) => out.panic !== undefined);
    if (!item) throw new Error('The fixtures lack a panic');
    expect(runConformance({ hand: [item] }).failed).toBe(0);
    const working = JSON.parse(JSON.stringify(item));
    working.in.telemetries[0].spec.tracing[0].providers[0].name = 'otel';
    delete working.out.model;
    expect(runConformance({ hand: [working] }).mismatches).toEqual([
      expect.objectContaining({ check: 'panic' }),
    ]);
  });
});
