import { describe, expect, it } from 'vitest';
import { guardSvg } from '../../src/media/svg-guard.ts';

const svg = (inside: string, head = '') =>
  Buffer.from(`${head}<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">${inside}</svg>`);
const refuses = (bytes: Buffer, code: string) =>
  expect(() => guardSvg(bytes)).toThrow(expect.objectContaining({ name: 'Never', code }));

describe('an SVG with script', () => {
  it.each([
    '<script>alert(1)</script>',
    '<SCRIPT/>',
    '<svg:script xmlns:svg="http://www.w3.org/2000/svg"/>',
    '<rect onload="x()"/>',
    "<g ONCLICK = 'x()'/>",
    '<foreignObject><p/></foreignObject>',
    '<a href="java&#x73;cript:x()"><rect/></a>',
    '<a xlink:href="  java\tscript:x()"/>',
    '<handler/>',
  ])('%s', (inside) => refuses(svg(inside), 'image-svg-script'));
});

describe('an SVG that reaches out', () => {
  it.each([
    '<image href="http://10.0.0.1/x.png"/>',
    '<image xlink:href="file:///etc/passwd"/>',
    '<image href="secret.png"/>',
    '<image HREF="&#104;ttp://x/y"/>',
    '<use href="other.svg#a"/>',
    '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
    '<image href="data:text/html,x"/>',
    '<rect fill="url(http://x/y#z)"/>',
    '<rect style="fill:u\\72l( \'file:///x\')"/>',
    '<style>@import "http://x/y.css";</style>',
    '<style>@\\69mport "x.css";</style>',
    '<style><![CDATA[ a{background:url(//x/y)} ]]></style>',
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>',
    '<?xml-stylesheet href="http://x/y.css"?>',
    '<g xml:base="http://x/"/>',
  ])('%s', (inside) => refuses(svg(inside), 'image-svg-external'));
});

describe('an SVG with entities of its own', () => {
  it.each([
    ['a reference to one that nobody declared', svg('<text>&b;</text>')],
    [
      'a doctype that declares some',
      svg('', '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>'),
    ],
    [
      'a file read through one',
      svg('', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ],
    ['both a system and declarations', svg('', '<!DOCTYPE svg SYSTEM "a" [<!ENTITY x "y">]>')],
    ['a second doctype behind a plain one', svg('', '<!DOCTYPE svg><!DOCTYPE svg [<!ENTITY x "y">]>')],
  ])('%s', (_, bytes) => refuses(bytes, 'image-svg-entities'));
});

it('takes the plain doctype out of what is drawn', () => {
  const { text } = guardSvg(svg('<rect/>', '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "a" "http://b">'));
  expect(text).toMatch(/^<\?xml version="1.0"\?>\n<svg /);
});

it.each(['<g><rect/>', '<g', '<!-- no end', '<g a="1>'])('is not whole: %s', (inside) =>
  refuses(Buffer.from(`<svg>${inside}`), 'image-truncated'),
);

it('takes words for words', () => {
  const drawing =
    '<title>image (1), url(x), @import</title><desc>onload=1</desc><text>a &amp; b &#169;</text>';
  expect(guardSvg(svg(drawing))).toMatchObject({ hasText: true, rasters: [] });
});

it('reads a hostile megabyte in no time', () => {
  const began = Date.now();
  refuses(svg(`<a ${'b="c" '.repeat(150_000)}`), 'image-truncated');
  expect(Date.now() - began).toBeLessThan(500);
});
