import { summariesJob } from './traceJobs';

const id = 'a'.repeat(32);
const startMs = 1_790_000_000_000;

/** A page of one trace, whose scope belongs to a team. */
const body = () =>
  new TextEncoder().encode(
    JSON.stringify({
      resourceSpans: [
        {
          resource: {
            attributes: [
              { key: 'service.name', value: { stringValue: 'web' } },
            ],
          },
          scopeSpans: [
            {
              scope: {
                name: 'lib',
                attributes: [{ key: 'team', value: { stringValue: 'pay' } }],
              },
              spans: [
                {
                  traceId: id,
                  spanId: '00000000000000b1',
                  name: 'GET /',
                  kind: 2,
                  startTimeUnixNano: `${startMs}000000`,
                  endTimeUnixNano: `${startMs}500000`,
                },
              ],
            },
          ],
        },
      ],
    }),
  );

describe('a filter on attributes that is applied to a page', () => {
  it.each([
    ['pay', [id]],
    ['sell', []],
  ])('sees those of scopes: %s', (team, expected) => {
    const { summaries } = summariesJob({
      body: body(),
      format: 'otlp',
      filter: {
        services: ['web'],
        startTimeMs: startMs - 1,
        endTimeMs: startMs + 1,
        attributes: { team },
      },
      filterAttributes: true,
    });
    expect(summaries.map(({ traceId }) => traceId)).toEqual(expected);
  });
});
