import { describe, expect, it } from 'vitest';
import { isPublic, vouchedHosts } from '../../src/net/address.ts';
import { elsewhere, loopback, metadata } from './hostile.ts';

const spelled = (host: string): string => new URL(`http://${host}/`).hostname.replace(/^\[|\]$/g, '');

describe('isPublic', () => {
  it.each([...loopback, ...metadata, ...elsewhere])('not %j', (host) => {
    expect(isPublic(spelled(host))).toBe(false);
  });

  it.each(['', 'localhost', '127.1', '0x7f000001', '1.2.3', 'fe80::1%lo'])(
    'not what is no address: %j',
    (text) => {
      expect(isPublic(text)).toBe(false);
    },
  );

  it.each([
    '1.1.1.1',
    '93.184.216.34',
    '168.63.129.17',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1',
    '::ffff:8.8.8.8',
  ])('but %s', (address) => {
    expect(isPublic(address)).toBe(true);
  });
});

describe('vouchedHosts', () => {
  const vouched = vouchedHosts([
    'MinIO:9000',
    'files.internal',
    'plain:80',
    '[::1]:9000',
    '::1',
    '10.0.0.5:8080',
  ]);

  it.each([
    ['minio', 9000],
    ['minio.', 9000],
    ['files.internal', 80],
    ['files.internal', 443],
    ['plain', 80],
    ['[::1]', 9000],
    ['::1', 443],
    ['10.0.0.5', 8080],
  ] as const)('vouches for %s on %i', (host, port) => {
    expect(vouched(host, port)).toBe(true);
  });

  it.each([
    ['minio', 80],
    ['minio', 443],
    ['xminio', 9000],
    ['minio.internal', 9000],
    ['files.internal', 9000],
    ['sub.files.internal', 443],
    ['plain', 443],
    ['::1', 8080],
    ['10.0.0.5', 80],
  ] as const)('does not vouch for %s on %i', (host, port) => {
    expect(vouched(host, port)).toBe(false);
  });

  it.each(['', 'http://minio', 'minio/path', 'user@minio', 'minio:x', 'minio:99999', 'a b'])(
    'takes no %j',
    (entry) => {
      expect(() => vouchedHosts([entry])).toThrow('Not host or host:port');
    },
  );
});
