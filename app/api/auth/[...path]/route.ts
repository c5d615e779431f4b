import { handleAuthRequest } from '#lib/http/auth-route.ts';

export const GET = handleAuthRequest;
export const POST = handleAuthRequest;
