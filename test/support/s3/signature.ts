import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface Keys {
  id: string;
  secret: string;
  region: string;
}

export interface SignedRequest {
  method: string;
  /** As it came: path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  /** Milliseconds. */
  now: number;
}

/** What a signature says of the body: its SHA-256, or that it is not signed. */
export type Verdict = { refused: string } | { payload: string };

const most = 15 * 60 * 1000;
const hex = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
/** RFC 3986, as AWS wants it: JavaScript leaves five characters too many as they are. */
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

interface Claim {
  credential: string;
  signedHeaders: string;
  signature: string;
  date: string;
  payload: string;
  /** Milliseconds it holds from its date. */
  life: number;
}

/** Checks AWS Signature Version 4, in the header or in the query (presigned). */
export function check(request: SignedRequest, keys: Keys): Verdict {
  const url = new URL(request.url, 'http://s3');
  const claim = inHeader(request.headers) ?? inQuery(url);
  if (!claim) return { refused: 'AccessDenied' };
  const [id, day, region, service, end] = claim.credential.split('/');
  if (id !== keys.id) return { refused: 'InvalidAccessKeyId' };
  if (region !== keys.region || service !== 's3' || end !== 'aws4_request')
    return { refused: 'AuthorizationHeaderMalformed' };
  const age = request.now - instantOf(claim.date);
  if (!(age < claim.life && age > -most)) return { refused: 'RequestTimeTooSkewed' };
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', claim.date, scope, hex(canonical(request, url, claim))].join('\n');
  const chain = [day ?? '', region, 's3', 'aws4_request'];
  const key = chain.reduce((so, part) => hmac(so, part), Buffer.from(`AWS4${keys.secret}`));
  const right = hmac(key, toSign);
  const given = Buffer.from(claim.signature, 'hex');
  const same = given.length === right.length && timingSafeEqual(given, right);
  return same ? { payload: claim.payload } : { refused: 'SignatureDoesNotMatch' };
}

function inHeader(headers: IncomingHttpHeaders): Claim | null {
  const form = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, credential, signedHeaders, signature] = form.exec(headers.authorization ?? '') ?? [];
  const date = headers['x-amz-date'];
  const payload = headers['x-amz-content-sha256'];
  if (!credential || !signedHeaders || !signature) return null;
  if (typeof date !== 'string' || typeof payload !== 'string') return null;
  return { credential, signedHeaders, signature, date, payload, life: most };
}

function inQuery({ searchParams: query }: URL): Claim | null {
  const said = (name: string) => query.get(`X-Amz-${name}`) ?? '';
  if (said('Algorithm') !== 'AWS4-HMAC-SHA256') return null;
  return {
    ...{ credential: said('Credential'), signedHeaders: said('SignedHeaders') },
    ...{ signature: said('Signature'), date: said('Date') },
    payload: query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
    life: Number(said('Expires')) * 1000,
  };
}

function canonical({ method, headers }: SignedRequest, url: URL, claim: Claim): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort();
  const names = claim.signedHeaders.split(';');
  const lines = names.map(
    (name) =>
      `${name}:${String(headers[name] ?? '')
        .replace(/\s+/g, ' ')
        .trim()}`,
  );
  const path = url.pathname
    .split('/')
    .map((part) => encoded(decodeURIComponent(part)))
    .join('/');
  return [method, path, query.join('&'), ...lines, '', claim.signedHeaders, claim.payload].join('\n');
}

/** `20261120T093000Z` */
function instantOf(date: string): number {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  return Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
}
