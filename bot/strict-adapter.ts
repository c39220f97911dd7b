import { TeamsAdapter } from '@microsoft/teams-ai';
import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import { type AuthenticateRequestResult, AuthenticationError } from 'botframework-connector';

type Authorization = string | AuthenticateRequestResult;

/**
 * Tells a token that is no good (401) from keys that cannot be had (500). The SDK alone takes a forged signature for a
 * fault of its own, and an identity platform that is down for a fault of the caller, who would then not come again.
 */
export class StrictAdapter extends TeamsAdapter {
  protected override async processActivity(
    authorization: Authorization,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    const checked = await this.check(authorization, activity);
    return super.processActivity(checked, activity, logic);
  }

  private async check(authorization: Authorization, activity: Activity): Promise<AuthenticateRequestResult> {
    if (typeof authorization !== 'string') return authorization;
    try {
      return await this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
    } catch (error) {
      if (isOfIdentityPlatform(error)) throw new Error('The signing keys cannot be had.', { cause: error });
      throw new AuthenticationError('The token was not accepted.', 401);
    }
  }
}

/** The SDK's own code for keys that it could not load, and what its HTTP client throws where nothing answers. */
function isOfIdentityPlatform(error: unknown): boolean {
  if (error instanceof AuthenticationError) return error.statusCode >= 500;
  return error instanceof Error && error.name === 'FetchError';
}
