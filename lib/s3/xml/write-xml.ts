/** An element's content: text, children, or nothing. A list repeats the element. */
type XmlContent = string | number | boolean | undefined | null | XmlNode | readonly XmlNode[];

/** Children by name, in the order in which they are written. */
export interface XmlNode {
  readonly [name: string]: XmlContent;
}

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/**
 * Writes an S3 answer. `undefined` and `null` leave an element out; everything else is escaped.
 *
 * @example writeXml('Error', { Code: 'NoSuchKey' }, { namespaced: false })
 */
export function writeXml(
  root: string,
  content: XmlNode | string,
  { namespaced } = { namespaced: true },
): string {
  const attribute = namespaced ? ` xmlns="${namespace}"` : '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${writeContent(content)}</${root}>`;
}

function writeChildren(node: XmlNode): string {
  return Object.entries(node)
    .flatMap(([name, content]) =>
      isList(content)
        ? content.map((item) => writeElement(name, item))
        : [writeElement(name, content)],
    )
    .join('');
}

function isList(content: XmlContent): content is readonly XmlNode[] {
  return Array.isArray(content);
}

function writeElement(name: string, content: Exclude<XmlContent, readonly XmlNode[]>): string {
  if (content === undefined || content === null) return '';
  return `<${name}>${writeContent(content)}</${name}>`;
}

function writeContent(content: string | number | boolean | XmlNode): string {
  return typeof content === 'object' ? writeChildren(content) : escapeText(String(content));
}

/** Escapes markup, and replaces what XML 1.0 cannot hold even when escaped. */
function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
    .replace(/(?![\t\n\r\x7f-\x9f])\p{Cc}|[\ufffe\uffff]/gu, '\ufffd');
}
