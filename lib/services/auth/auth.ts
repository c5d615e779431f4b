import { randomUUID } from 'node:crypto';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { betterAuth } from 'better-auth/minimal';
import { roleConfig } from '#lib/config/role-config.ts';
import { getDb } from '#lib/db/client.ts';
import { deriveKey } from '../secrets.ts';
import { clientAddressHeader } from './client-address.ts';
import { ownOrigins } from './own-origins.ts';

const day = 24 * 60 * 60;

/** Sign-in with email and password; users come from invitations, never from a sign-up form. */
function createAuth() {
  const config = roleConfig();
  const isHttps = config.publicUrl?.startsWith('https:') ?? false;
  return betterAuth({
    appName: 'OpenDCP',
    basePath: '/api/auth',
    baseURL: config.publicUrl
      ? new URL(config.publicUrl).origin
      : `http://localhost:${config.port}`,
    trustedOrigins: (request) => (request ? ownOrigins(request.headers, config.publicUrl) : []),
    // Derived, so that sessions survive a restart and die with another master key.
    secret: deriveKey('sessions').toString('base64url'),
    database: prismaAdapter(getDb(), { provider: 'postgresql' }),
    emailAndPassword: { enabled: true, disableSignUp: true },
    user: {
      modelName: 'user',
      additionalFields: {
        role: { type: 'string', input: false },
        accountId: { type: 'number', input: false },
      },
    },
    account: { modelName: 'login' },
    session: { expiresIn: 7 * day, updateAge: day },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 120,
      customRules: { '/sign-in/email': { window: 60, max: 10 } },
    },
    advanced: {
      cookiePrefix: 'opendcp',
      useSecureCookies: isHttps,
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
      database: { generateId: () => randomUUID() },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  });
}

const shared = globalThis as { opendcpAuth?: ReturnType<typeof createAuth> };

/** The process's better-auth instance, made on first use. */
export function getAuth() {
  shared.opendcpAuth ??= createAuth();
  return shared.opendcpAuth;
}
