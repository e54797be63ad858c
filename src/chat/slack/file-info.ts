import { z } from 'zod';
import type { Call } from './client.ts';

const Share = z.object({ ts: z.string(), thread_ts: z.string().optional() });
const Shares = z.record(z.string(), z.array(Share)).optional();
const Info = z.object({
  file: z.object({
    mimetype: z.string().optional(),
    shares: z.object({ public: Shares, private: Shares }).optional(),
  }),
});
export type FileInfo = z.infer<typeof Info>['file'];

/** What Slack knows of a file by now. It names the type once it has looked through the file, and where it is later still. */
export const infoOf = async (file: string, call: Call): Promise<FileInfo> =>
  Info.parse(await call('files.info', { file })).file;

/** The messages of a channel that show it. */
export const sharesIn = ({ shares }: FileInfo, channel: string) => [
  ...(shares?.public?.[channel] ?? []),
  ...(shares?.private?.[channel] ?? []),
];
