import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { personas } from '../../testing/portal/personas';
import {
  deepJson,
  pumpedTexts,
  wideObject,
} from '../../testing/hostile/pumpedTexts';
import { overrideRequest } from '../../testing/portal/requests';
import { bestCpuMs } from '../../testing/hostile/cpuMs';
import {
  startMeshTracing,
  type MeshTracingHarness,
} from '../../testing/portal/startMeshTracing';

const ENTITY = '/api/mesh-tracing/v1/entities/component/default/frontend';
const json = { 'content-type': 'application/json' };

let harness: MeshTracingHarness;
beforeAll(async () => {
  harness = await startMeshTracing();
}, 60_000);
afterAll(() => harness.stop());

function post(body: string | Buffer, headers: Record<string, string> = json) {
  const pending = request(harness.server)
    .post(`${ENTITY}/sampling/preview`)
    .set({ authorization: personas.owner, ...headers })
    .serialize(value => value as string);
  return pending.send(body as string);
}

function get(path: string) {
  return request(harness.server).get(path).set('authorization', personas.owner);
}

describe('the body of a request', () => {
  const fine = JSON.stringify(overrideRequest());

  it.each<[string, string | Buffer, Record<string, string>, number, RegExp]>([
    ['broken off', '{"workload":', json, 400, /not a JSON object: .*JSON/],
    ['text', 'hello', json, 400, /not a JSON object/],
    ['null', 'null', json, 400, /not a JSON object/],
    ['a number', '5', json, 400, /not a JSON object/],
    [
      'over the limit',
      JSON.stringify({ x: 'y'.repeat(300_000) }),
      json,
      413,
      /larger than 256 KiB/,
    ],
    [
      'over the limit once it is unpacked',
      gzipSync('"y"'.repeat(1_000_000)),
      { ...json, 'content-encoding': 'gzip' },
      413,
      /larger than 256 KiB/,
    ],
    ['empty', '', json, 400, /has no body/],
    ['too deep', deepJson(21)[1]!, json, 400, /deeper than 20 levels/],
    [
      'too wide',
      JSON.stringify({ customTags: wideObject(5_000) }),
      json,
      400,
      /more than 5000 values/,
    ],
    [
      'in another charset',
      fine,
      { 'content-type': 'application/json; charset=latin1' },
      415,
      /UTF-8.*LATIN1/i,
    ],
    [
      'in a charset that nobody knows',
      fine,
      { 'content-type': 'application/json; charset=utf-7x' },
      415,
      /UTF-8/,
    ],
    ['a form', 'a=b', { 'content-type': 'text/plain' }, 415, /'text\/plain'/],
    [
      'of a type that is no type',
      fine,
      { 'content-type': 'application/json; charset="' },
      415,
      /content-type application\/json/,
    ],
    [
      'packed in an unknown way',
      fine,
      { ...json, 'content-encoding': 'zebra' },
      415,
      /content-encoding 'zebra' is not supported/,
    ],
    [
      'not packed as it says',
      fine,
      { ...json, 'content-encoding': 'gzip' },
      400,
      /can not be unpacked as its content-encoding 'gzip' says/,
    ],
  ])(
    'is refused as what it is: %s',
    async (_, body, headers, status, message) => {
      const answer = await post(body, headers);
      expect(answer.status).toBe(status);
      expect(answer.body.error).toMatchObject({
        name: 'InputError',
        message: expect.stringMatching(message),
        meshTracing: { system: 'portal' },
      });
      expect(answer.body.error.meshTracing.field).toBeUndefined();
      expect(answer.body.response).toEqual({ statusCode: status });
    },
  );

  it('is read when it is compressed as its content-encoding says', async () => {
    const answer = await post(gzipSync(fine), {
      ...json,
      'content-encoding': 'gzip',
    });
    expect(answer.status).toBe(200);
  });
});

describe('a path that names nothing', () => {
  it.each([
    ['NUL', 'component/default/cart%00', 'name', /control character/],
    ['a line break', 'component/default/a%0Ab', 'name', /control character/],
    ['a slash', 'component/a%2Fb/cart', 'namespace', /a slash/],
    ['half a percent-encoding', 'component/default/%', 'name', /UTF-8/],
    ['bytes that are no text', 'component/default/%c0%af', 'name', /UTF-8/],
    ['half a character', 'component/default/%ed%a0%80', 'name', /UTF-8/],
    [
      'too many characters',
      `component/default/${'a'.repeat(254)}`,
      'name',
      /253/,
    ],
  ])('is refused: with %s', async (_, entity, field, message) => {
    const { status, body } = await get(
      `/api/mesh-tracing/v1/entities/${entity}/workloads`,
    );
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
    expect(body.error.meshTracing).toEqual({ system: 'portal', field });
  });

  it.each([
    ['is not found with a letter that the catalog may have', '%C3%A9', 404],
    [
      'is refused with a character that it can not be asked for',
      '%F0%9F%92%A9',
      400,
    ],
  ])('%s', async (_, name, expected) => {
    const { status, body } = await get(
      `/api/mesh-tracing/v1/entities/component/default/${name}/workloads`,
    );
    expect([status, body.error.meshTracing?.field]).toEqual([
      expected,
      undefined,
    ]);
  });
});

describe('another spelling of a route', () => {
  const nul = 'entities/component/default/cart%00/workloads';
  it.each([
    ['get', `/api/mesh-tracing/v1/${nul}/`],
    ['get', `/api/mesh-tracing/V1/${nul.replace('entities', 'Entities')}`],
    ['head', `/api/mesh-tracing/v1/${nul}`],
  ] as const)('bypasses no check: %s %s', async (method, path) => {
    const { status } = await request(harness.server)
      [method](path)
      .set('authorization', personas.owner);
    expect(status).toBe(400);
  });

  it('reads and validates the body as the usual spelling does', async () => {
    const answer = await request(harness.server)
      .post(`${ENTITY}/Sampling/Preview/`)
      .set('authorization', personas.owner)
      .send({ [`${'a.'.repeat(10_000)}`]: 1 });
    expect(answer.status).toBe(400);
    expect(answer.text.length).toBeLessThan(4096);
  });
});

describe('a query', () => {
  it.each([
    ['limit=1&limit=2', 'limit'],
    ['startTimeMs=1&startTimeMs=2', 'startTimeMs'],
    ['limit[]=1', 'limit'],
    ['operation[x]=1', 'operation'],
    ['sort[=1', 'sort'],
    ['[=1', '['],
  ])('is refused with the name of what is wrong: %s', async (query, field) => {
    const { status, body } = await get(`${ENTITY}/traces?${query}`);
    expect(status).toBe(400);
    expect(body.error.message).toContain(field);
  });
});

/**
 * A generous bound for a few milliseconds of work; quadratic work would take seconds.
 */
const MAX_CPU_MS = 500;
const MAX_ANSWER_LENGTH = 4096;

describe('a request that is made to stall the portal', () => {
  const override = overrideRequest();
  const bodies: Array<[string, string]> = [
    ...pumpedTexts(80_000).flatMap(
      (text): Array<[string, string]> => [
        [
          `a key of ${text.slice(0, 4)}…`,
          JSON.stringify({ ...override, [text]: 1 }),
        ],
        [
          `a reason of ${text.slice(0, 4)}…`,
          JSON.stringify({ ...override, reason: text }),
        ],
        [
          `a tag named ${text.slice(0, 4)}…`,
          JSON.stringify({
            ...override,
            customTags: { [text]: { literal: { value: 'x' } } },
          }),
        ],
      ],
    ),
    ...pumpedTexts(4_000).map((value): [string, string] => [
      `a formatter of ${value.slice(0, 4)}…`,
      JSON.stringify({
        ...override,
        customTags: { x: { formatter: { value: `%${value}` } }, y: {} },
      }),
    ]),
    ['15,000 unknown keys', JSON.stringify(wideObject(15_000))],
    [
      '15,000 tags',
      JSON.stringify({ ...override, customTags: wideObject(15_000) }),
    ],
    ...deepJson(40_000).map((deep): [string, string] => [
      `deep JSON of ${deep.slice(0, 5)}`,
      `{"workload":${deep}}`,
    ]),
    [
      'a workload with a long name',
      JSON.stringify({
        ...override,
        workload: { ...override.workload, name: 'a.'.repeat(60_000) },
      }),
    ],
  ];

  it.each(bodies)(
    'is refused at once and shortly: %s',
    async (_, body) => {
      const { status, text } = await post(body);
      expect(status).toBe(400);
      expect(text.length).toBeLessThan(MAX_ANSWER_LENGTH);
      expect(await bestCpuMs(() => post(body))).toBeLessThan(MAX_CPU_MS);
    },
    30_000,
  );

  const queries = [
    ...pumpedTexts(2_000).map(text => `${encodeURIComponent(text)}=1`),
    `${'a.'.repeat(6_000)}=1`,
    `${'a-'.repeat(6_000)}=1`,
    `${'a=1&'.repeat(3_000)}`,
    `tag${'[a]'.repeat(3_000)}=1`,
  ];

  it.each(queries.map(query => [query.slice(0, 12), query]))(
    'is refused at once and shortly: the query %s…',
    async (_, query) => {
      const ask = () => get(`${ENTITY}/traces?${query}`);
      const { status, text } = await ask();
      expect(status).toBe(400);
      expect(text.length).toBeLessThan(MAX_ANSWER_LENGTH);
      expect(await bestCpuMs(ask)).toBeLessThan(MAX_CPU_MS);
    },
    30_000,
  );
});
