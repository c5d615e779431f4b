import { s3Errors } from '../errors.ts';

/** An element without its attributes, which no S3 request needs. */
export interface XmlElement {
  /** Without namespace prefix. */
  readonly name: string;
  /** Its own text, decoded. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface OpenElement extends XmlElement {
  readonly qualifiedName: string;
  text: string;
  readonly children: XmlElement[];
}

const deepest = 8;

/**
 * Comment or instruction, CDATA, end tag, start tag (its slash when empty), text. A DOCTYPE matches nothing.
 * A name ends at a blank, a slash or a bracket: could it end anywhere, a tag that nothing closes would be read again
 * for each of its characters.
 */
const token =
  /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[(?<raw>[^]*?)\]\]>|<\/(?<end>[^\s<>/]+)\s*>|<(?<start>[^\s<>/!?]+)(?=[\s/>])[^<>]*?(?<empty>\/?)>|(?<text>[^<]+)/y;

/**
 * Reads a request's XML document: elements and text, with or without namespace, no DOCTYPE, the five entities of XML
 * and character references only. Strict about balance, where the usual parsers are lenient, so that half a document is
 * never taken for a whole one.
 *
 * @throws MalformedXML for anything that is not well-formed or has another root element
 * @example readXml('<Delete><Quiet>true</Quiet></Delete>', 'Delete')
 */
export function readXml(document: string, root: string): XmlElement {
  const top = openElement('');
  const open: OpenElement[] = [top];
  const scanner = new RegExp(token);
  while (scanner.lastIndex < document.length) {
    const groups = scanner.exec(document)?.groups;
    const current = open.at(-1);
    if (!groups || !current) throw s3Errors.MalformedXML();
    readToken({ groups, open, current });
  }
  const [element, ...others] = top.children;
  const isWhole = open.length === 1 && others.length === 0 && top.text.trim() === '';
  if (!isWhole || element?.name !== root) throw s3Errors.MalformedXML();
  return element;
}

/** Child elements of a name. */
export function childrenOf(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}

/** Text of a child element, undefined when there is none. */
export function textOf(parent: XmlElement, name: string): string | undefined {
  return parent.children.find((child) => child.name === name)?.text;
}

function readToken(options: {
  readonly groups: Readonly<Record<string, string | undefined>>;
  readonly open: OpenElement[];
  readonly current: OpenElement;
}): void {
  const { groups, open, current } = options;
  const { raw, end, start, empty, text } = groups;
  if (raw !== undefined) current.text += raw;
  if (text !== undefined) current.text += decodeEntities(text);
  if (start !== undefined) {
    const element = openElement(start);
    current.children.push(element);
    if (empty === '') open.push(element);
    if (open.length > deepest) throw s3Errors.MalformedXML();
  }
  if (end !== undefined) {
    if (current.qualifiedName !== end) throw s3Errors.MalformedXML();
    open.pop();
  }
}

function openElement(qualifiedName: string): OpenElement {
  const name = qualifiedName.slice(qualifiedName.indexOf(':') + 1);
  return { qualifiedName, name, text: '', children: [] };
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{1,8});/gi, (_, name: string) => {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const character = name.startsWith('#')
      ? code > 0 && code <= 0x10ffff && String.fromCodePoint(code)
      : entities.get(name);
    if (!character) throw s3Errors.MalformedXML();
    return character;
  });
}
