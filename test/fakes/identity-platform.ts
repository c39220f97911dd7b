import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { listenOnLoopback } from '../../src/sandbox/loopback-server.ts';

/** A pair of keys as an identity platform has it; the private half signs. */
export interface SigningKey {
  readonly id: string;
  readonly endorsements: readonly string[];
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The claims of a token that a channel sends; `exp` and `nbf` in seconds. */
export type Claims = Readonly<Record<string, unknown>>;

/** Publishes the keys that sign a channel's tokens, as login.botframework.com does, on loopback. */
export interface IdentityPlatform {
  readonly metadataUrl: string;
  /** Endorsed for Teams. */
  readonly teamsKey: SigningKey;
  /** Endorsed for another channel. */
  readonly webChatKey: SigningKey;
  /** How often the keys were asked for. */
  readonly requests: () => number;
  stop(): Promise<void>;
}

/** How an identity platform may be: up, failing, or answering with something that is no JSON. */
export type Health = 'up' | 'failing' | 'garbled';

export async function startIdentityPlatform(health: Health = 'up'): Promise<IdentityPlatform> {
  const teamsKey = newSigningKey(['msteams']);
  const webChatKey = newSigningKey(['webchat']);
  let requests = 0;
  // The SDK remembers keys by their address for a day, and a port comes back: so no address is like another.
  const path = `/${randomUUID()}`;
  const server = await listenOnLoopback(0, async (request, response) => {
    requests += 1;
    if (health === 'failing') return answer(response, 500, 'The keys are lost.');
    if (health === 'garbled') return answer(response, 200, '<html>Please sign in.</html>');
    if (request.url === `${path}/keys`) return answer(response, 200, jsonWebKeys([teamsKey, webChatKey]));
    return answer(response, 200, JSON.stringify({ jwks_uri: `${server.url}${path}/keys` }));
  });
  return {
    metadataUrl: `${server.url}${path}/openidconfiguration`,
    teamsKey,
    webChatKey,
    requests: () => requests,
    stop: server.stop,
  };
}

export function newSigningKey(endorsements: readonly string[]): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { id: randomUUID(), endorsements, privateKey, publicKey };
}

/** A token in the compact form, signed with RS256 under the key's id. */
export function signedToken(claims: Claims, key: SigningKey): string {
  const content = tokenContent({ typ: 'JWT', alg: 'RS256', kid: key.id }, claims);
  return `${content}.${sign('RSA-SHA256', Buffer.from(content), key.privateKey).toString('base64url')}`;
}

/** A token that says of itself that it needs no signature. */
export function unsignedToken(claims: Claims, key: SigningKey): string {
  return `${tokenContent({ typ: 'JWT', alg: 'none', kid: key.id }, claims)}.`;
}

function tokenContent(header: Claims, claims: Claims): string {
  return [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}

function jsonWebKeys(keys: readonly SigningKey[]): string {
  return JSON.stringify({
    keys: keys.map(({ id, endorsements, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid: id,
      use: 'sig',
      endorsements,
    })),
  });
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(body);
}
