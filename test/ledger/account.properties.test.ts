import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utcDay } from '../../src/decision/time.ts';
import { account, balance, emptyAccount } from '../../src/ledger/account.ts';
import { balanceByDay } from '../../src/ledger/balance-by-day.ts';
import { sumOfPostings } from '../../src/ledger/entry.ts';
import { lotBook } from '../../src/ledger/lots.ts';
import { readAccount, readEvent, storeAccount, storeEvent } from '../../src/ledger/stored-account.ts';
import { ledgerFacts, verify } from '../../src/ledger/verify.ts';
import { type Ledger, usd } from './builders.ts';
import { modelLots } from './lots-model.ts';
import { end, tellings, told, type World, worlds } from './world.ts';

const toldWorlds = worlds.chain((world) => fc.tuple(fc.constant(world), tellings(world)));
const twiceToldWorlds = worlds.chain((world) =>
  fc.tuple(fc.constant(world), tellings(world), tellings(world)),
);

describe('whatever is told to an account, in whatever order', () => {
  it('the totals sum to zero and the balance is the sum of the entries, after every command', () => {
    fc.assert(
      fc.property(toldWorlds, ([world, order]) => {
        told(world, order, ({ state, log }) => {
          const postings = log.flatMap((event) => event.entries).flatMap((entry) => entry.postings);
          assert.equal(sumOfPostings(postings), 0n);
          assert.equal(
            Object.values(state.totals).reduce((sum, total) => sum + total, 0n),
            0n,
          );
          assert.equal(
            balance(state).microUnits,
            sumOfPostings(postings.filter((posting) => posting.account === 'credits')),
          );
        });
      }),
    );
  });

  it('it verifies, after every command', () => {
    fc.assert(
      fc.property(toldWorlds, ([world, order]) => {
        told(world, order, ({ state, log }) => assert.deepEqual(verify(state, log), []));
      }),
    );
  });

  it('the same facts give the same ledger', () => {
    fc.assert(
      fc.property(twiceToldWorlds, ([world, order, otherOrder]) => {
        const [one, other] = [told(world, order).state, told(world, otherOrder).state];
        assert.deepEqual(ledgerFacts(one), ledgerFacts(other));
        assert.equal(one.chargedCalls, other.chargedCalls);
      }),
      { numRuns: 300 },
    );
  });

  it('the lots are those of a model that moves coin by coin', () => {
    fc.assert(
      fc.property(toldWorlds, ([world, order]) => {
        assert.deepEqual(lotsInShort(told(world, order)), modelInShort(world));
      }),
      { numRuns: 300 },
    );
  });

  it('no funds are lost: each lot is consumed, written off, lapsed or left', () => {
    fc.assert(
      fc.property(toldWorlds, ([world, order]) => {
        for (const lot of lotBook(told(world, order).state, end).lots) {
          const consumed = [...lot.consumedByDay.values()].reduce((sum, paid) => sum + paid, 0n);
          assert.equal(consumed + lot.writtenOff + lot.expired + lot.remaining, lot.amount);
        }
      }),
    );
  });

  it('the log alone rebuilds the state', () => {
    fc.assert(
      fc.property(toldWorlds, ([world, order]) => {
        const { state, log } = told(world, order);
        assert.deepEqual(log.reduce(account.evolve, emptyAccount(usd)), state);
      }),
    );
  });

  it('state and events are read back as they were stored', () => {
    fc.assert(
      fc.property(toldWorlds, ([world, order]) => {
        const { state, log } = told(world, order);
        assert.deepEqual(readAccount(throughJson(storeAccount(state))), state);
        assert.deepEqual(
          log.map((event) => readEvent(throughJson(storeEvent(event)))),
          log,
        );
      }),
    );
  });

  it('the balance at the end of the last day is the balance', () => {
    fc.assert(
      fc.property(toldWorlds, ([world, order]) => {
        const { state } = told(world, order);
        assert.deepEqual(balanceByDay(state, [utcDay(end)])[0]?.balance, balance(state));
      }),
    );
  });
});

function lotsInShort({ state }: Ledger): unknown {
  const { lots, deficit } = lotBook(state, end);
  return {
    deficit: Number(deficit),
    lots: lots.map(({ id, remaining, expired, writtenOff, consumedByDay }) => ({
      id,
      remaining: Number(remaining),
      expired: Number(expired),
      writtenOff: Number(writtenOff),
      consumedByDay: Object.fromEntries([...consumedByDay].map(([day, paid]) => [day, Number(paid)])),
    })),
  };
}

function modelInShort(world: World): unknown {
  const { lots, deficit } = modelLots(world, end);
  return { deficit, lots };
}

function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
