import type { Frame } from '../campaign/file.ts';
import type { Aspect, Catalogue } from '../campaign/model.ts';
import type { Chats } from '../chat/chat.ts';
import { buyTake } from '../jobs/buy-take.ts';
import { cancelTake } from '../jobs/cancel-take.ts';
import { checkApprover } from '../jobs/check-approver.ts';
import { downloadTake } from '../jobs/download-take.ts';
import { fetchLogo } from '../jobs/fetch-logo.ts';
import { fetchReference } from '../jobs/fetch-reference.ts';
import { finishTake } from '../jobs/finish-take.ts';
import { forgetWords } from '../jobs/forget-words.ts';
import { heedHint } from '../jobs/heed-hint.ts';
import type { Jobs } from '../jobs/job.ts';
import { makeStill } from '../jobs/make-still.ts';
import { moderate } from '../jobs/moderate.ts';
import { openPlace } from '../jobs/open-place.ts';
import { probeModels } from '../jobs/probe-models.ts';
import { raiseAlarm } from '../jobs/raise-alarm.ts';
import { readMessage } from '../jobs/read-message.ts';
import { refinePrompt } from '../jobs/refine-prompt.ts';
import { sweepTake } from '../jobs/sweep-take.ts';
import { syncCard } from '../jobs/sync-card.ts';
import { tellAdmins } from '../jobs/tell-admins.ts';
import { waitUntil } from '../jobs/wait-until.ts';
import { watchTake } from '../jobs/watch-take.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import type { GuardedFetch } from '../net/guarded-fetch.ts';
import type { LanguageProvider } from '../providers/language.ts';
import type { Moderator } from '../providers/moderation.ts';
import type { Probe } from '../providers/probe.ts';
import type { StillProvider } from '../providers/still.ts';
import type { VideoProvider } from '../providers/video.ts';
import type { Storage } from '../storage/storage.ts';

/** One job per effect, with what each needs. */
export function jobsOf(parts: {
  chats: Chats;
  journal: Journal;
  storage: Storage;
  fetch: GuardedFetch;
  catalogue: () => Catalogue;
  learn: () => Promise<void>;
  probed: Catalogue;
  probe: Probe;
  /** See `tell-admins`. */
  variableOf: (service: string) => string | null;
  log: Log;
  /** Output pixels of a shape. */
  frame: (aspect: Aspect) => Frame;
  language: LanguageProvider;
  moderator: Moderator;
  stills: (model: string) => StillProvider;
  videos: (model: string) => VideoProvider;
}): Jobs {
  const { chats, journal, catalogue, language, videos } = parts;
  return {
    'open-place': openPlace(chats),
    'read-message': readMessage(language),
    'refine-prompt': refinePrompt(parts),
    'fetch-reference': fetchReference(parts),
    'fetch-logo': fetchLogo(parts),
    moderate: moderate(parts),
    'make-still': makeStill(parts),
    'buy-take': buyTake(parts),
    'heed-hint': heedHint(videos),
    'watch-take': watchTake(videos),
    'sweep-take': sweepTake(videos),
    'raise-alarm': raiseAlarm(parts.log),
    'download-take': downloadTake(parts),
    'finish-take': finishTake(parts),
    'cancel-take': cancelTake(videos),
    'probe-models': probeModels(parts),
    'tell-admins': tellAdmins(parts),
    'check-approver': checkApprover(chats),
    'forget-words': forgetWords(journal),
    'sync-card': syncCard({ chats, journal, world: () => ({ catalogue: catalogue() }) }),
    'wait-until': waitUntil,
  };
}
