import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownIn } from '../../../src/chat/slack/shown.ts';

const url = 'https://cdn.example/mood.png';
const image = { type: 'image', image_url: url, alt_text: 'mood' };
const shown = { name: 'mood', url };
const inSlack = { name: 'mood', id: 'F1' };

test.each([
  ['a file', { files: [{ id: 'F1', name: 'mood' }] }, [inSlack]],
  ['a file without a name', { files: [{ id: 'F1', name: null }] }, [{ name: 'picture', id: 'F1' }]],
  ['a picture', { blocks: [image] }, [shown]],
  ['one beside a text', { blocks: [{ type: 'section', accessory: image }] }, [shown]],
  [
    'one on a card',
    { blocks: [{ type: 'carousel', elements: [{ type: 'card', hero_image: image }] }] },
    [shown],
  ],
  ['one without a title', { blocks: [{ type: 'image', image_url: url }] }, [{ name: 'mood.png', url }]],
  ['one in an attachment', { attachments: [{ title: 'mood', image_url: url }] }, [shown]],
  ['one in the blocks of an attachment', { attachments: [{ blocks: [image] }] }, [shown]],
  [
    'one in a forwarded message',
    { attachments: [{ message_blocks: [{ team: 'T1', message: { blocks: [image] } }] }] },
    [shown],
  ],
  [
    'a file by its id',
    {
      blocks: [
        { type: 'image', alt_text: 'mood', slack_file: { id: 'F1', url: 'https://files.slack.com/x' } },
      ],
    },
    [inSlack],
  ],
  [
    'a file by its private address',
    { blocks: [{ ...image, image_url: 'https://files.slack.com/files-pri/T1-F1/mood.png' }] },
    [inSlack],
  ],
  [
    'a file by its page',
    {
      blocks: [
        {
          type: 'image',
          alt_text: 'mood',
          slack_file: { url: 'https://acme.slack.com/files/U1/F1/mood.png' },
        },
      ],
    },
    [inSlack],
  ],
  [
    'what only looks like a file',
    { blocks: [{ ...image, image_url: 'https://evil-slack.com/files-pri/T1-F1/a.png' }] },
    [{ name: 'mood', url: 'https://evil-slack.com/files-pri/T1-F1/a.png' }],
  ],
  ['the same one twice', { blocks: [image, image], attachments: [{ image_url: url }] }, [shown]],
  ['a badge in small print', { blocks: [{ type: 'context', elements: [image] }] }, []],
  ['an address that is none', { blocks: [{ ...image, image_url: 'javascript:alert(1)' }] }, []],
  ['one beside what nobody knows', { blocks: [7, null, { type: 'image', image_url: 7 }, image] }, [shown]],
])('%s', (_, message, pictures) => expect(shownIn(message as never)).toEqual(pictures));

test('whatever another app built, a message can be used', () => {
  const junk = fc.anything({ maxDepth: 4, withNullPrototype: false });
  fc.assert(
    fc.property(junk, junk, (blocks, attachments) => {
      expect(Array.isArray(shownIn({ blocks, attachments } as never))).toBe(true);
    }),
    { numRuns: 200 },
  );
});
