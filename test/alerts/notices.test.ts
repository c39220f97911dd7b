import assert from 'node:assert/strict';
import { hourMs } from '../../src/decision/time.ts';
import { alice, balanceOf, bob, failedAt, Incidents, noon, usualRoles } from './builders.ts';

const deviceAdministrators = '9f06204d-73c1-4d4c-880a-6edb90606fd8';

describe('what is said of incidents', () => {
  it('names the incident, whom, how loudly, and the event as its key', () => {
    const incidents = new Incidents();
    incidents.observe(failedAt(noon));
    assert.deepEqual(incidents.said, [
      {
        episode: 'recharge-failed-usd-1',
        key: 'incident:recharge-failed-usd-1:1:told',
        audience: { kind: 'roles', roles: usualRoles },
        mode: 'new',
        urgency: 'critical',
        way: 'chat',
      },
    ]);
  });

  it('is one message where several things happen at once, the loudest of them', () => {
    const incidents = new Incidents();
    incidents.observe(failedAt(noon));
    assert.deepEqual(incidents.after(hourMs).tick(), [
      'escalated recharge-failed',
      'escalated recharge-failed',
      'repeated recharge-failed',
    ]);
    assert.deepEqual(incidents.lastSaid, [
      'new recharge-failed roles',
      'new recharge-failed roles',
      'new recharge-failed channel',
    ]);
  });

  it('goes to those who were turned to since, too', () => {
    const incidents = new Incidents();
    incidents.observe(failedAt(noon));
    incidents.after(hourMs).tick();
    incidents.do({ type: 'acknowledge', episode: incidents.id('recharge-failed'), by: alice });
    assert.deepEqual(
      incidents.said.slice(-2).map(({ audience, mode }) => [audience, mode]),
      [
        [{ kind: 'roles', roles: [...usualRoles, deviceAdministrators] }, 'edit'],
        [{ kind: 'channel' }, 'edit'],
      ],
    );
  });

  it('is nothing for what is on its way to an end', () => {
    const incidents = new Incidents();
    incidents.observe(balanceOf('90'));
    assert.deepEqual(incidents.observe(balanceOf('300')), ['recovering balance-low']);
    assert.deepEqual(incidents.lastSaid, []);
  });

  it('is new for one person alone: whom it is offered to', () => {
    const incidents = new Incidents();
    incidents.observe(balanceOf('90'));
    const episode = incidents.id('balance-low');
    incidents.do({ type: 'take', episode, by: alice });
    incidents.do({ type: 'offerHandover', episode, by: alice, to: bob });
    const [toPerson] = incidents.said.slice(-2);
    assert.deepEqual(toPerson?.audience, { kind: 'people', people: [bob] });
    assert.equal(toPerson?.mode, 'new');
  });
});
