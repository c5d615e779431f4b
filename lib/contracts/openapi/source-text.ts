/** How a language writes values in its programs. */
interface Notation {
  readonly text: (value: string) => string;
  readonly key: (name: string) => string;
  /** In the order of null, true, false. */
  readonly words: readonly [string, string, string];
}

const quoted = (text: string) => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;

export const typescript: Notation = {
  text: quoted,
  key: (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : quoted(name)),
  words: ['null', 'true', 'false'],
};

export const python: Notation = {
  text: (text) => JSON.stringify(text),
  key: (name) => JSON.stringify(name),
  words: ['None', 'True', 'False'],
};

const width = 72;

/** A JSON value as source text, on one line where it fits. */
export function toSource(value: unknown, notation: Notation, indent = ''): string {
  const flat = write(value, notation, null);
  return indent.length + flat.length <= width ? flat : write(value, notation, indent);
}

function write(value: unknown, notation: Notation, indent: string | null): string {
  if (value === null) return notation.words[0];
  if (typeof value === 'boolean') return notation.words[value ? 1 : 2];
  if (typeof value === 'string') return notation.text(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  const inner = indent === null ? null : `${indent}  `;
  const member = (item: unknown) =>
    inner === null ? write(item, notation, null) : toSource(item, notation, inner);
  if (Array.isArray(value)) return enclose('[', value.map(member), ']', indent);
  const members = Object.entries(value).map(
    ([name, item]) => `${notation.key(name)}: ${member(item)}`,
  );
  return enclose('{', members, '}', indent);
}

function enclose(open: string, items: readonly string[], close: string, indent: string | null) {
  if (items.length === 0) return `${open}${close}`;
  const space = open === '{' ? ' ' : '';
  if (indent === null) return `${open}${space}${items.join(', ')}${space}${close}`;
  const lines = items.map((item) => `${indent}  ${item},\n`).join('');
  return `${open}\n${lines}${indent}${close}`;
}
