const patienceMs = 300;

type Message =
  { readonly kind: 'who-has' } | { readonly kind: 'has'; readonly fileIds: readonly string[] };

/** Talks to the dashboard's other tabs, so that no two take up one transfer. */
export class OtherTabs {
  readonly #channel = new BroadcastChannel('opendcp-transfers');
  readonly #theirs = new Set<string>();

  /** @param ours ids of the files that this tab takes care of, asked for whenever another tab wants to know. */
  constructor(ours: () => readonly string[]) {
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind === 'who-has') this.#channel.postMessage({ kind: 'has', fileIds: ours() });
      else for (const id of data.fileIds) this.#theirs.add(id);
    };
  }

  /** Ids of the files that other tabs take care of at this moment. */
  async findTheirs(): Promise<ReadonlySet<string>> {
    this.#theirs.clear();
    this.#channel.postMessage({ kind: 'who-has' });
    await new Promise((resolve) => setTimeout(resolve, patienceMs));
    return this.#theirs;
  }
}
