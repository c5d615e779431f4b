import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { mutations } from './mutations.ts';

// Loaded before all else: gives one file with one line changed to whoever imports it.
const mutation = mutations[Number(process.env['MUTATION'])];
if (!mutation) throw new Error('MUTATION takes the number of one.');
const { file, from, to } = mutation;
const root = new URL('../../../', import.meta.url);
const mutated = new URL(file, root).href;
const source = readFileSync(fileURLToPath(mutated), 'utf8');
if (source.split(from).length !== 2) {
  throw new Error(`${file} does not have this once: ${from}`);
}

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (url !== mutated) return loaded;
    return { ...loaded, source: source.replace(from, () => to) };
  },
});
