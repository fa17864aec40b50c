import { createLabLayout, PORTS } from '../../layout/LabLayout';
import { jaegerConfig } from './jaeger';
import { collectorConfig, queryConfig } from './production';

const layout = createLabLayout('127.93.7', 'production');
const [collector = ''] = layout.collectorAddresses;

interface Storage {
  opensearch: { server_urls: string[]; create_mappings: boolean };
}

function storageOf(config: object): Storage['opensearch'] {
  const { extensions } = config as {
    extensions: { jaeger_storage: { backends: { traces: Storage } } };
  };
  return extensions.jaeger_storage.backends.traces.opensearch;
}

describe("Jaeger's configurations", () => {
  it.each([
    ['one Jaeger', jaegerConfig(layout)],
    ['the query service', queryConfig(layout)],
  ])('%s does not trace itself, which delays its end', (_, config) => {
    expect(config).toMatchObject({
      extensions: { jaeger_query: { enable_tracing: false } },
    });
  });

  it('describe the storage alike for who writes and who reads', () => {
    const { create_mappings: writes, ...written } = storageOf(
      collectorConfig(layout, collector),
    );
    const { create_mappings: reads, ...read } = storageOf(queryConfig(layout));

    expect(read).toEqual(written);
    expect(written.server_urls).toHaveLength(3);
    expect([writes, reads]).toEqual([true, false]);
  });

  it('count spans under the names that the query service asks for', () => {
    expect(collectorConfig(layout, collector)).toMatchObject({
      exporters: {
        prometheus: { endpoint: `${collector}:${PORTS.spanMetrics}` },
      },
    });
    expect(queryConfig(layout)).toMatchObject({
      extensions: {
        jaeger_storage: {
          metric_backends: {
            metrics: {
              prometheus: { normalize_calls: true, normalize_duration: true },
            },
          },
        },
      },
    });
  });

  it('keep traces in a folder, or in memory without one', () => {
    const backend = (config: object) =>
      (
        config as {
          extensions: { jaeger_storage: { backends: { traces: object } } };
        }
      ).extensions.jaeger_storage.backends.traces;

    expect(backend(jaegerConfig(layout))).toHaveProperty('memory');
    expect(
      backend(jaegerConfig(layout, { folder: '/data', keptFor: '15s' })),
    ).toMatchObject({
      badger: {
        ephemeral: false,
        directories: { keys: '/data/keys', values: '/data/values' },
        ttl: { spans: '15s' },
      },
    });
  });
});
