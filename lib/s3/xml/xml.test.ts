import { describe, expect, test } from 'vitest';
import { childrenOf, readXml, textOf } from './read-xml.ts';
import { writeXml } from './write-xml.ts';

describe('writing', () => {
  test('escapes text, repeats lists, leaves out what is not there', () => {
    const xml = writeXml('R', {
      A: '<&>"',
      B: [{ C: 1 }, { C: true }],
      D: undefined,
      E: null,
      F: '',
    });
    expect(xml).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<R xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><A>&lt;&amp;&gt;&quot;</A><B><C>1</C></B><B><C>true</C></B><F></F></R>',
    );
  });

  test('keeps what XML cannot hold out of the document', () => {
    const text = 'tab\tline\ncafé 😀';
    expect(writeXml('R', text + '\0\x1f\uffff')).toContain(`>${text}\ufffd\ufffd\ufffd<`);
    expect(writeXml('R', 'a\rb')).toContain('>a&#13;b<');
  });
});

describe('reading', () => {
  test('takes elements with and without namespace, comments and indentation', () => {
    const root = readXml(
      `<?xml version="1.0"?>
       <s3:Delete xmlns:s3="http://s3.amazonaws.com/doc/2006-03-01/"><!-- two -->
         <s3:Object><s3:Key> a&amp;b&lt;&#233;&#x1F600; </s3:Key></s3:Object>
         <Object><Key><![CDATA[<raw&amp;>]]></Key></Object><Object/>
       </s3:Delete>`,
      'Delete',
    );
    const keys = childrenOf(root, 'Object').map((object) => textOf(object, 'Key'));
    expect(keys).toEqual([' a&b<é😀 ', '<raw&amp;>', undefined]);
  });

  test.each([
    ['nothing', ''],
    ['text', 'not xml'],
    ['another root', '<Other/>'],
    ['half a document', '<Delete><Object><Key>a</Key></Object>'],
    ['half a tag', '<Delete><Object'],
    ['crossed tags', '<Delete><a></Delete></a>'],
    ['two roots', '<Delete/><Delete/>'],
    ['text behind the root', '<Delete/>x'],
    ['a DOCTYPE', '<!DOCTYPE d [<!ENTITY x "y">]><Delete>&x;</Delete>'],
    ['an unknown entity', '<Delete>&nbsp;</Delete>'],
    ['an impossible character', '<Delete>&#x110000;</Delete>'],
    ['a deep nest', `<Delete>${'<a>'.repeat(50)}${'</a>'.repeat(50)}</Delete>`],
  ])('refuses %s', (_, document) => {
    expect(() => readXml(document, 'Delete')).toThrow(
      expect.objectContaining({ code: 'MalformedXML' }) as Error,
    );
  });

  test.each([
    ['a name without an end', '<', 'a'],
    ['attributes without an end', '<a ', 'a '],
    ['slashes without an end', '<a', '/'],
    ['an end tag without an end', '</a', 'a'],
    ['blanks in an end tag', '</a', ' '],
    ['a comment without an end', '<!--', '-'],
    ['an instruction without an end', '<?', '?'],
    ['CDATA without an end', '<![CDATA[', ']'],
    ['text without a tag', '', '&'],
    ['an entity without an end', '&', 'a'],
  ])(
    'refuses %s after reading it once: again for each character would take minutes',
    (_, start, rest) => {
      expect(() => readXml('<Delete>' + start + rest.repeat(700_000), 'Delete')).toThrow(
        expect.objectContaining({ code: 'MalformedXML' }) as Error,
      );
    },
  );

  test('reads two megabytes of parts in little time', () => {
    const part = '<Part><PartNumber>1</PartNumber><ETag>&quot;abc&quot;</ETag></Part>';
    const document = `<CompleteMultipartUpload>${part.repeat(30_000)}</CompleteMultipartUpload>`;
    const started = performance.now();
    expect(childrenOf(readXml(document, 'CompleteMultipartUpload'), 'Part')).toHaveLength(30_000);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
