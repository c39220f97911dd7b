import { z } from 'zod';

/** What a token for Graph says of itself. Microsoft calls these tokens opaque, so that nothing may rest on it. */
export interface TokenClaims {
  readonly tenant: string | null;
  readonly clientId: string | null;
  /** Application permissions by name. */
  readonly roles: readonly string[];
}

const claimsSchema = z.object({
  tid: z.string().nullish(),
  appid: z.string().nullish(),
  roles: z.array(z.string()).default([]),
});

/** The claims, unchecked, for whoever looks after the product; null where the token is not one that can be read. */
export function readClaims(token: string): TokenClaims | null {
  const [, body = ''] = token.split('.');
  try {
    const { tid, appid, roles } = claimsSchema.parse(
      JSON.parse(Buffer.from(body, 'base64url').toString('utf8')),
    );
    return { tenant: tid ?? null, clientId: appid ?? null, roles };
  } catch {
    return null;
  }
}
