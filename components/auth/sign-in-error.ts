import { RequestError } from '#lib/queries/fetch-json.ts';

/** better-auth's answers in our words; whether the address exists stays unsaid. */
export function toSignInError(error: Error): Error {
  if (!(error instanceof RequestError)) return error;
  if (error.status === 401) return new Error('Email or password is not right. Try again.');
  if (error.status === 429) return new Error('Too many attempts. Wait a minute and try again.');
  return error;
}
