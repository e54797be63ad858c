import type { KeptKit } from './kits.ts';
import type { Workspace, WorkspaceEvent } from './workspace.ts';

type KitEvent = Extract<WorkspaceEvent, { type: `kit.${string}` | `logo.${string}` }>;

/** The workspace after a fact about its kits. */
export function evolveKits(workspace: Workspace, event: KitEvent): Workspace {
  const { kits, usualKit } = workspace;
  switch (event.type) {
    case 'kit.preferred':
      return { ...workspace, usualKit: event.kit };
    case 'kit.dropped':
      return {
        ...workspace,
        kits: kits.filter(({ id }) => id !== event.kit),
        usualKit: usualKit === event.kit ? null : usualKit,
      };
    case 'kit.kept': {
      const { id } = event.kit;
      const before = kits.find((kit) => kit.id === id) ?? { logo: null, coming: null, refused: null };
      const others = kits.filter((kit) => kit.id !== id);
      return { ...workspace, kits: [...others, { ...before, ...event.kit }].sort(byName) };
    }
    default: {
      const { kit } = event;
      return {
        ...workspace,
        kits: kits.map((each) => (each.id === kit ? { ...each, ...change(each, event) } : each)),
      };
    }
  }
}

type LogoEvent = Extract<KitEvent, { type: `logo.${string}` }>;

function change({ coming }: KeptKit, event: LogoEvent): Partial<KeptKit> {
  switch (event.type) {
    case 'logo.offered': {
      const { logo, name, source, person, place } = event;
      return { coming: { logo, name, source, person, place }, refused: null };
    }
    case 'logo.taken':
      return { coming: null, revision: event.revision, logo: event.taken };
    case 'logo.removed':
      return { coming: null, refused: null, logo: null, revision: event.revision };
    case 'logo.refused':
      return { coming: null, refused: { name: coming?.name ?? '', code: event.code } };
  }
}

const byName = (a: KeptKit, b: KeptKit): number => a.name.localeCompare(b.name, 'en');
