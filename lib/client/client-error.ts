/** What a call was refused with, or why there was no answer. */
export class OpenDcpError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Kebab-case, to branch on: `not-found`, `invalid-fields`, `timeout`, ... */
  readonly code: string;
  /** Request id, to be named when asking for help; null when no server saw the request. */
  readonly uuid: string | null;
  /** Fields at fault, each with what is wrong with it in one sentence. */
  readonly fields: Readonly<Record<string, string>>;
  /** Seconds after which it is worth trying again; null when the server did not say. */
  readonly retryAfter: number | null;

  constructor(options: {
    message: string;
    status: number;
    code: string;
    uuid?: string | null;
    fields?: Readonly<Record<string, string>> | undefined;
    retryAfter?: number | null;
    cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = 'OpenDcpError';
    this.status = options.status;
    this.code = options.code;
    this.uuid = options.uuid ?? null;
    this.fields = options.fields ?? {};
    this.retryAfter = options.retryAfter ?? null;
  }
}
