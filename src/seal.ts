import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Never } from './errors.ts';

export interface SealKey {
  id: string;
  /** 32 bytes. */
  key: Uint8Array;
}

/** Keeps a text from everybody who does not have the key, and from being passed off as another one. */
export interface Seal {
  /** The key new seals are made with. */
  readonly active: string;
  /** `about` says whose text it is: sealed about one thing, it does not open about another. */
  close(text: string, about: string): string;
  /** @throws Never `secret-key` naming the key that is missing | `secret-torn` where it was tampered with. */
  open(sealed: string, about: string): string;
  /** The key a seal was made with. */
  keyOf(sealed: string): string;
}

const cipher = 'aes-256-gcm';

/** AES-256-GCM, a fresh nonce each time. The first key closes; all of them open, so that keys can be changed. */
export function sealWith(keys: readonly [SealKey, ...SealKey[]]): Seal {
  const [{ id: active, key: activeKey }] = keys;

  function parts(sealed: string) {
    const [id = '', ...rest] = sealed.split('.');
    const [nonce, tag, data] = rest.map((part) => Buffer.from(part, 'base64url'));
    const key = keys.find((one) => one.id === id)?.key;
    if (!key)
      throw new Never('secret-key', `SECRET_KEYS has no key “${id}”, which something kept is sealed with.`);
    if (!nonce || !tag || !data) throw new Never('secret-torn', 'a sealed text is damaged');
    return { key, nonce, tag, data };
  }

  return {
    active,
    keyOf: (sealed) => sealed.split('.', 1)[0] ?? '',
    close(text, about) {
      const nonce = randomBytes(12);
      const closing = createCipheriv(cipher, activeKey, nonce).setAAD(Buffer.from(about));
      const data = Buffer.concat([closing.update(text, 'utf8'), closing.final()]);
      return [active, ...[nonce, closing.getAuthTag(), data].map((part) => part.toString('base64url'))].join(
        '.',
      );
    },
    open(sealed, about) {
      const { key, nonce, tag, data } = parts(sealed);
      try {
        const opening = createDecipheriv(cipher, key, nonce, { authTagLength: 16 });
        opening.setAAD(Buffer.from(about)).setAuthTag(tag);
        return Buffer.concat([opening.update(data), opening.final()]).toString('utf8');
      } catch (cause) {
        throw new Never('secret-torn', 'a sealed text is damaged or belongs elsewhere', { cause });
      }
    },
  };
}
