import assert from 'node:assert/strict';
import fc from 'fast-check';
import english from '../../src/language/data/requests.en.json' with { type: 'json' };
import grammar from '../../src/language/data/requests.json' with { type: 'json' };
import korean from '../../src/language/data/requests.ko.json' with { type: 'json' };
import { requestOf, type SpokenRequest } from '../../src/language/request.ts';
import { labelled } from './corpus/labelled.ts';

const asked: Readonly<Record<SpokenRequest, readonly string[]>> = {
  'recharge-failed': [
    'the recharge failed',
    'The recharge failed!',
    'auto recharge did not work today',
    "auto-recharge didn't work",
    'recharge failed again',
    'our recharge was declined this morning',
    'hi, the automatic top-up has failed',
    'I think the recharge failed',
    'it looks like the recharge did not go through',
    'please tell everyone that the recharge failed',
    'I want to report a failed recharge',
    'the recharge is not working',
    'the last recharge bounced, please help',
    'the rechage faild',
    'RECHARGE FAILED 😱',
    'the payment was rejected',
    'auto recharge has stopped working',
    "the auto recharge hasn't gone through yet",
    'heads up: the recharge attempt was declined',
    '충전이 실패했어요',
    '충전 실패했습니다',
    '충전 실패',
    '충전실패했어요ㅠㅠ',
    '오늘 자동 충전이 안 됐어요',
    '자동충전이 안돼요',
    '방금 충전이 거절당했어요',
    '충전에 실패했는데요',
    '어제부터 자동 충전이 안 됩니다',
    '충전 오류 났어요 도와주세요',
    '충전이 되지 않았습니다',
    '충전이 실패햇어요',
    '충전 실패 신고합니다',
    '관리자들에게 알려줘 충전이 실패했어요',
    'recharge가 실패했어요',
    '오토 리차지 failed',
    'auto recharge 안 됐어요',
  ],
  'recharge-works': [
    'the recharge works again',
    'recharging works',
    'auto-recharge is back on',
    'auto recharge is on again',
    'the recharge went through',
    'the recharge finally came in',
    'it seems that recharging is fixed now',
    'the recahrge worked',
    'tell all admins that the recharge succeeded',
    '충전이 다시 됩니다',
    '자동 충전이 다시 켜졌어요',
    '충전 복구됐습니다',
    '이제 충전이 정상이에요',
    '충전 문제 해결됐어요',
    '충전 성공했습니다',
    '드디어 충전이 들어왔어요',
    'recharge 다시 됩니다',
  ],
  drill: [
    'run a fire drill',
    'fire drill',
    'Could you run a drill?',
    "let's do a fire drill",
    'start the alert drill now, please',
    'send a test alert',
    'test the alerts',
    'run a fier dril',
    'i want to start a drill',
    '훈련 시작해줘',
    '모의 훈련 해줘',
    '비상훈련 실행',
    '알림 테스트 해 주세요',
    '훈련 알림 보내줘',
    '알림이 잘 오는지 테스트해줘',
    '테스트 알림 보내줘',
    '훈련하자',
    '훈련 한번 해볼까요?',
    'fire drill 시작해줘',
    '파이어 드릴',
  ],
  settings: [
    'settings',
    'Settings?',
    'alert settings',
    'open the settings',
    'show me the alert settings',
    'change the notification settings',
    'settings for everybody',
    'where are the settings?',
    'can you show the alert settigns',
    '설정',
    '알림 설정',
    '알림설정 보여줘',
    '설정 열어 주세요',
    '설정 변경하고 싶어요',
    '전체 알림 설정 보여줘',
    '알람 세팅',
    'alert 설정',
    'settings 보여줘',
  ],
  preferences: [
    'my preferences',
    'preferences',
    'Alert preferences',
    'show my alert settings',
    'my settings',
    'my notification preferences please',
    'I want to change my alert preferences',
    'my preferances',
    '내 알림 설정',
    '환경 설정',
    '개인 설정 보여줘',
    '내 설정 바꾸고 싶어요',
    '나의 알림 설정 확인해 줘',
    'preferences 보여줘',
  ],
  incidents: [
    'which alerts are open',
    'Which alerts are open?',
    'open incidents',
    'Open incidents',
    'show me the open incidents',
    'incidents',
    'list alerts',
    'are there any open alerts?',
    'any incidents going on?',
    'what incidents are there',
    'current alerts',
    "what's open right now?",
    'is anything open?',
    'show all incdents',
    '진행 중인 사건',
    '진행 중인 사건 보여줘',
    '열린 알림 있어?',
    '지금 어떤 알림이 열려 있어?',
    '사건 목록',
    '어떤 사건이 진행 중이야?',
    '사건 있나요?',
    '알림 목록 보여 주세요',
    '장애 현황',
    'open 알림 있어?',
    'incident 목록',
  ],
};

const notAsked: readonly string[] = [
  // Questions about recharges, which are answered and not told on.
  'did the recharge fail last month?',
  'did the recharge fail',
  'has the recharge failed',
  'the recharge failed?',
  'recharge failed?',
  'is the recharge working',
  'is auto recharge on',
  'does the recharge work again',
  'what happens if the recharge fails?',
  'what happens when the auto recharge fails',
  'what if the recharge did not work',
  'when was the last recharge',
  'when did the recharge fail',
  'why did the recharge fail',
  'tell me why the recharge failed',
  'who is notified when a recharge fails',
  'who is told that the recharge failed',
  'tell me when the recharge fails',
  'let me know if the recharge did not go through',
  'how often has the recharge failed',
  'show me the recharges that failed',
  'the recharge failed last month',
  'the recharge did not fail',
  'the recharge has not failed',
  'nobody said that the recharge failed',
  'my phone recharge failed',
  'will the recharge work tomorrow',
  'how do I change the recharge settings',
  'what are the recharge settings',
  'auto-recharge settings',
  'change the auto recharge settings',
  'turn auto recharge on again',
  'recharge 500 dollars',
  'top up',
  'recharge',
  // About alerts and settings, and yet something else.
  'mute alerts',
  'show recharge history',
  'is the recharge ok',
  'the call failed',
  'show payment history',
  'set an alert at 50 dollars',
  'alert me if the balance drops below 50',
  'turn on notifications',
  'how can I test the alerts',
  'who has the incident',
  'open the admin centre',
  'report',
  'turn off the alerts',
  'stop the alerts for two hours',
  'who gets the alerts',
  'which alerts do I get',
  'what are alerts',
  'language settings',
  'set the language to Korean',
  'quiet hours',
  'open requests',
  'what is a fire drill',
  'when was the last drill',
  'who was reached by the drill',
  'drill holes',
  'how many calls were there',
  'approve the drill request',
  'delete all incidents',
  'close the incident',
  'acknowledge the alert',
  'what is our balance',
  'hello',
  'help',
  'thanks',
  '',
  '?',
  '지난달에 충전 실패했어?',
  '충전이 실패했어요?',
  '충전이 실패했나요',
  '충전이 실패했습니까',
  '충전이 실패하면 어떻게 돼?',
  '충전 실패하면 누구한테 알림이 가?',
  '충전이 실패할 때 누가 알림을 받아요?',
  '충전이 왜 실패했어요',
  '충전 실패 이유 알려줘',
  '충전이 언제 실패했어요',
  '충전이 안 되면 어떻게 되나요',
  '충전 됐어요?',
  '충전이 됐나요',
  '마지막 충전이 언제였지',
  '충전이 실패하지 않았어요',
  '실패한 충전 내역 보여줘',
  '충전해줘',
  '자동 충전 켜줘',
  '자동 충전 설정',
  '자동 충전 설정 바꾸고 싶어요',
  '충전 설정 보여줘',
  '휴대폰 충전이 실패했어요',
  '통화가 안 돼요',
  '알림이 안 와요',
  '알림 켜줘',
  '최근 충전',
  '충전 내역 보여줘',
  '승인 됐어요',
  '현재 잔액',
  '진행 상황 알려줘',
  '알림 꺼줘',
  '알림 2시간 꺼줘',
  '알림 받는 사람 보여줘',
  '알림 받는 사람 설정',
  '누가 알림 받아?',
  '언어 설정',
  '영어로 설정',
  '방해 금지 시간',
  '훈련이 뭐야?',
  '마지막 훈련 언제였어?',
  '승인 목록 보여줘',
  '요청 목록',
  '사건 종료해줘',
  '알림 확인했어',
  '잔액 알려줘',
  '잔액 얼마야?',
  '도움말',
  '고마워요',
  'recharge 실패하면?',
  'recharge settings 보여줘',
  'alert 꺼줘',
];

describe('a text that is no question', () => {
  for (const [request, texts] of Object.entries(asked)) {
    for (const text of texts) {
      it(`asks for ${request}: ${text}`, () => {
        assert.equal(requestOf(text), request);
      });
    }
  }

  it('is known from enough texts, in both languages', () => {
    const isKorean = (text: string): boolean => /[가-힣]/u.test(text);
    for (const texts of [Object.values(asked).flat(), notAsked]) {
      assert.ok(texts.filter(isKorean).length >= 40, 'too few in Korean');
      assert.ok(texts.filter((text) => !isKorean(text)).length >= 50, 'too few in English');
      assert.equal(new Set(texts).size, texts.length, 'one stands there twice');
    }
  });
});

describe('a question, or any other text', () => {
  for (const text of notAsked) {
    it(`asks for nothing else: ${text}`, () => {
      assert.equal(requestOf(text), null);
    });
  }

  for (const name of ['tuned', 'held-out'] as const) {
    it(`asks for nothing else, whatever telephony admins may ask (${name})`, () => {
      const taken = labelled(name).filter(({ text }) => requestOf(text) !== null);
      assert.equal(taken.length, 0);
    });
  }

  it('asks for nothing where it is a long story, or no text at all', () => {
    assert.equal(requestOf(`the recharge failed ${'again '.repeat(30)}`), null);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        requestOf(text);
      }),
    );
  });

  it('asks for nothing by the question mark alone where something is said to be so', () => {
    for (const text of [...asked['recharge-failed'], ...asked['recharge-works']])
      assert.equal(requestOf(`${text}?`), null);
  });
});

describe('the words of requests', () => {
  it('stand once, in small letters and one script', () => {
    for (const [lexicon, script] of [
      [english, /^[a-z ]+$/u],
      [korean, /^[가-힣 ]+$/u],
    ] as const) {
      const phrases = Object.values(lexicon).flat();
      assert.deepEqual(
        phrases.filter((phrase) => !script.test(phrase)),
        [],
      );
      assert.deepEqual(
        phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index),
        [],
      );
    }
  });

  it('are what the rules name, and the same concepts in both languages', () => {
    const concepts = new Set(Object.keys(english));
    assert.deepEqual(new Set(Object.keys(korean)), concepts);
    const named = grammar.rules.flatMap(({ says }) =>
      says.flatMap((sequence) => sequence.split(' ').flatMap((term) => term.replace('?', '').split('|'))),
    );
    assert.deepEqual(new Set(named), new Set([...concepts].filter((concept) => concept !== 'silent')));
  });
});
