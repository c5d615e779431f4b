import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Development only: calls back, at most once a second, when a source of edge or worker changed. */
export function watchSources(onChange: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  watch(fileURLToPath(new URL('..', import.meta.url)), { recursive: true }, (_event, file) => {
    if (!file?.endsWith('.ts') || file.endsWith('.test.ts')) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, 1_000);
  }).unref();
}
