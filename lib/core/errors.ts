/** Names of fields at fault and, for each, what is wrong with it in one sentence. */
export type FieldErrors = Readonly<Record<string, string>>;

export interface AppErrorOptions {
  /** Kebab-case and public: integrations branch on it, docs explain it. */
  readonly code: string;
  /** One sentence for people: what happened and what to do next. */
  readonly message: string;
  /** HTTP status that the error becomes at the edge. */
  readonly status: number;
  readonly fields?: FieldErrors;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/**
 * The one error class that crosses layers. Anything else that reaches the edge is a defect
 * and is answered as 500 without its message.
 *
 * @example throw errors.notFound('table', 678)
 */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fields: FieldErrors | undefined;
  readonly retryAfter: number | undefined;

  constructor(options: AppErrorOptions) {
    super(options.message, { cause: options.cause });
    this.name = 'AppError';
    this.code = options.code;
    this.status = options.status;
    this.fields = options.fields;
    this.retryAfter = options.retryAfter;
  }
}

/** Catalogue of expected errors. A thing that the caller may not see is `notFound` too. */
export const errors = Object.freeze({
  invalid: (message: string, fields?: FieldErrors) =>
    new AppError({ code: 'invalid', message, status: 400, ...(fields ? { fields } : {}) }),
  invalidFields: (fields: FieldErrors) =>
    new AppError({
      code: 'invalid-fields',
      message: Object.values(fields).join(' '),
      status: 400,
      fields,
    }),
  unauthenticated: (message = 'Sign in to continue.') =>
    new AppError({ code: 'unauthenticated', message, status: 401 }),
  forbidden: (message = 'Your role does not allow this. Ask an administrator.') =>
    new AppError({ code: 'forbidden', message, status: 403 }),
  notFound: (what: string, id: string | number) =>
    new AppError({ code: 'not-found', message: `There is no ${what} ${id}.`, status: 404 }),
  conflict: (message: string, fields?: FieldErrors) =>
    new AppError({ code: 'conflict', message, status: 409, ...(fields ? { fields } : {}) }),
  /** For nobody: the caller hung up. 499 is what proxies log for it. */
  aborted: () =>
    new AppError({ code: 'aborted', message: 'The request was given up.', status: 499 }),
  tooLarge: (message: string) => new AppError({ code: 'too-large', message, status: 413 }),
  unsupportedMediaType: (message: string) =>
    new AppError({ code: 'unsupported-media-type', message, status: 415 }),
  rateLimited: (message: string, retryAfter = 60) =>
    new AppError({ code: 'rate-limited', message, status: 429, retryAfter }),
  unavailable: (message: string, cause?: unknown) =>
    new AppError({ code: 'unavailable', message, status: 503, cause }),
});
