import assert from 'node:assert/strict';
import { mayReplyTo, type Reach } from '../../bot/service-hosts.ts';
import { type Cloud, clouds } from '../../src/config/environment.ts';

const publicCloud: Reach = { kind: 'cloud', cloud: 'public' };
const loopback: Reach = { kind: 'loopback' };

/** A serviceUrl as each cloud's Teams has them. */
const ofCloud: Readonly<Record<Cloud, string>> = {
  public: 'https://smba.trafficmanager.net/emea/0b7a3f52-6c1d-4e8b-9f24-5d3e8a71c960/',
  gcc: 'https://smba.infra.gcc.teams.microsoft.com/gcc/',
  'gcc-high': 'https://smba.infra.gov.teams.microsoft.us/gcch/',
  dod: 'https://smba.infra.dod.teams.microsoft.us/dod/',
};

describe('the hosts that the bot replies to', () => {
  for (const cloud of clouds) {
    it(`are, in the ${cloud} cloud, the connector of that cloud and of no other`, () => {
      const allowed = clouds.filter((other) => mayReplyTo(ofCloud[other], { kind: 'cloud', cloud }));

      assert.deepEqual(allowed, [cloud]);
    });
  }

  it('may be named with the port that HTTPS has anyway', () => {
    assert.equal(mayReplyTo('https://smba.trafficmanager.net:443/emea/', publicCloud), true);
  });

  const foreign: readonly (readonly [string, string])[] = [
    ['a host that begins like the connector', 'https://smba.trafficmanager.net.evil.example/emea/'],
    ['a host that ends like the connector', 'https://evil-smba.trafficmanager.net/emea/'],
    ['a neighbour that anybody can have', 'https://evil.trafficmanager.net/emea/'],
    ['a host below the connector', 'https://a.smba.trafficmanager.net/emea/'],
    ['the parent domain', 'https://trafficmanager.net/emea/'],
    ['the connector as a user name', 'https://smba.trafficmanager.net@evil.example/'],
    ['the connector as a user name with a password', 'https://smba.trafficmanager.net:443@evil.example/'],
    ['a user name before the connector', 'https://bot@smba.trafficmanager.net/'],
    ['a backslash that some parsers take for a slash', 'https://evil.example\\@smba.trafficmanager.net/'],
    ['a backslash after the host', 'https://smba.trafficmanager.net\\.evil.example/'],
    ['the connector as a path', 'https://evil.example/smba.trafficmanager.net/'],
    ['the connector as a fragment', 'https://evil.example#smba.trafficmanager.net/'],
    ['the connector as a query', 'https://evil.example?https://smba.trafficmanager.net/'],
    ['another port', 'https://smba.trafficmanager.net:8443/emea/'],
    ['no encryption', 'http://smba.trafficmanager.net/emea/'],
    ['another scheme', 'ftp://smba.trafficmanager.net/emea/'],
    ['a scheme that runs', 'javascript://smba.trafficmanager.net/%0aalert(1)'],
    ['a dot at the end', 'https://smba.trafficmanager.net./emea/'],
    ['a Cyrillic letter that looks Latin', 'https://smb\u0430.trafficmanager.net/emea/'],
    ['a full stop of another script', 'https://smba.trafficmanager\u3002net/emea/'],
    ['letters of double width', 'https://\uff53mba.trafficmanager.net/emea/'],
    ['a line break', 'https://smba.trafficmanager.net/\nHost: evil.example'],
    ['a blank before it', ' https://smba.trafficmanager.net/emea/'],
    ['this machine', 'http://127.0.0.1:3978/'],
    ['the address of cloud metadata', 'http://169.254.169.254/metadata/'],
    ['no URL', 'smba.trafficmanager.net'],
    ['nothing', ''],
  ];
  for (const [sentence, serviceUrl] of foreign) {
    it(`are never ${sentence}`, () => {
      assert.equal(mayReplyTo(serviceUrl, publicCloud), false);
    });
  }

  const local = ['http://127.0.0.1:56150/_connector', 'http://localhost:3979/', 'https://[::1]:3979/'];
  for (const serviceUrl of local) {
    it(`are in the sandbox this machine, as in ${serviceUrl}`, () => {
      assert.equal(mayReplyTo(serviceUrl, loopback), true);
    });
  }

  const notLocal: readonly (readonly [string, string])[] = [
    ['the real connector', 'https://smba.trafficmanager.net/emea/'],
    ['a name that begins like this machine', 'http://localhost.evil.example/'],
    ['an address that begins like this machine', 'http://127.0.0.1.evil.example/'],
    ['this machine as a user name', 'http://127.0.0.1@evil.example/'],
    ['an address of the network', 'http://192.168.0.10/'],
    ['every address at once', 'http://0.0.0.0/'],
    ['another scheme', 'file://localhost/etc/passwd'],
  ];
  for (const [sentence, serviceUrl] of notLocal) {
    it(`are in the sandbox never ${sentence}`, () => {
      assert.equal(mayReplyTo(serviceUrl, loopback), false);
    });
  }
});
