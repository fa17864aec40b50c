import { parseYaml } from 'backstage-plugin-mesh-tracing-common';
import { specYaml, telemetryYaml } from './telemetryContent';
import { withoutOtherEntity } from './withoutOtherEntity';

/** Text that kubectl, Argo CD and Flux read as something else, unless it is quoted. */
const WORDS = [
  'on',
  'no',
  'y',
  '2024_01',
  '1_000',
  '0x1F',
  '017',
  '1e3',
  '12:30',
].concat(['2024-01-01', '.inf', '~', 'null', 'true']);

describe('YAML of an override', () => {
  it.each(WORDS)(
    'has %s as text, in keys and values, wherever it is shown',
    word => {
      const telemetry = {
        metadata: {
          name: 'cart',
          namespace: word,
          labels: { [word]: word },
          annotations: { 'meshtracing.io/entity': word },
        },
        spec: {
          selector: { matchLabels: { app: word } },
          tracing: [{ customTags: { [word]: { literal: { value: word } } } }],
        },
      };
      const yaml = telemetryYaml(telemetry);
      expect(parseYaml(yaml)).toMatchObject(telemetry);
      expect(parseYaml(specYaml(telemetry))).toEqual(telemetry.spec);
      expect(
        parseYaml(withoutOtherEntity(yaml, 'component:default/other')),
      ).toMatchObject({ spec: telemetry.spec });
    },
  );
});
