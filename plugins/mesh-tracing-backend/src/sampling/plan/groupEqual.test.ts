import { groupFindings, groupVerdicts } from './groupEqual';

const refusal = (message: string) => ({
  rule: 'freeze',
  allowed: false,
  message,
});

describe('what a preview of many workloads says', () => {
  it('says the same once, with how often it was said', () => {
    expect(
      groupVerdicts([
        refusal('not on Friday'),
        refusal('not of gateways'),
        refusal('not on Friday'),
        { ...refusal('not on Friday'), allowed: true },
        refusal('not on Friday'),
      ]),
    ).toEqual([
      { ...refusal('not on Friday'), count: 3 },
      refusal('not of gateways'),
      { ...refusal('not on Friday'), allowed: true },
    ]);
  });

  it('keeps what is about different fields apart', () => {
    const verdicts = ['a', 'b'].map(field => ({ ...refusal('no'), field }));
    expect(groupVerdicts(verdicts)).toEqual(verdicts);
  });

  it('finds the same once, about all resources', () => {
    const finding = (severity: 'info' | 'error', resources?: string[]) => ({
      severity,
      code: 'chain-managed',
      what: 'It is managed.',
      whatToDo: 'Change it there.',
      ...(resources && { resources }),
    });
    expect(
      groupFindings([
        finding('info', ['shop/a']),
        finding('error'),
        finding('info', ['shop/b', 'shop/a']),
      ]),
    ).toEqual([finding('info', ['shop/a', 'shop/b']), finding('error')]);
  });
});
