import type { IncomingHttpHeaders } from 'node:http';
import { holder, tokenIn } from './api.ts';
import type { Call } from './method.ts';
import { receive } from './methods/files.ts';
import { Refused } from './refused.ts';
import type { Workspace, World } from './world.ts';

export interface Page {
  status: number;
  body: string | Buffer;
  headers: Record<string, string>;
  error: string | null;
}

const html = { 'content-type': 'text/html; charset=utf-8' };
const login = '<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in</body></html>';

/** A private file: its bytes for who may read it, for all others the page to sign in, with status 200. */
export function download(world: World, path: string, headers: IncomingHttpHeaders): Page {
  const [, team = '', id = ''] = /^\/files-pri\/(\w+)-(\w+)\//.exec(path) ?? [];
  const file = world.workspaces.find((each) => each.id === team)?.files.find((each) => each.id === id);
  const error = whyNot(world, team, headers);
  if (error) return { status: 200, body: login, headers: html, error };
  if (!file || file.pending || file.deleted)
    return { status: 404, body: 'Not found', headers: html, error: 'file_not_found' };
  return { status: 200, body: file.bytes, headers: { 'content-type': file.mimetype }, error: null };
}

function whyNot(world: World, team: string, headers: IncomingHttpHeaders): string | null {
  try {
    const workspace = holder(world, tokenIn(headers));
    if (workspace.id !== team) return 'invalid_auth';
    return workspace.install.scopes.has('files:read') ? null : 'missing_scope';
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

/** The bytes of an upload, to the address that was given for them. */
export function upload(world: World, path: string, bytes: Buffer): Page {
  const [, team = '', id = ''] = /^\/upload\/v1\/(\w+)\/(\w+)$/.exec(path) ?? [];
  const workspace = world.workspaces.find((each) => each.id === team);
  const type = { 'content-type': 'text/plain' };
  try {
    if (!workspace) throw new Refused('file_not_found');
    receive(workspace, id, bytes);
    return { status: 200, body: `OK - ${bytes.length}`, headers: type, error: null };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { status: 400, body: error.code, headers: type, error: error.code };
  }
}

export interface Consent {
  workspace: Workspace;
  user: string;
  /** False: the person declined. */
  agrees: boolean;
}

/** The page where a person agrees: straight back to the app with a code, or with `access_denied`. */
export function authorize(
  around: Pick<Call, 'app' | 'desk' | 'world'>,
  query: URLSearchParams,
  who: Consent,
): Page {
  const { app, desk, world } = around;
  const back = query.get('redirect_uri') ?? '';
  const bad = (error: string): Page => ({ status: 400, body: error, headers: html, error });
  if (query.get('client_id') !== app.clientId) return bad('invalid_client_id');
  if (!URL.canParse(back)) return bad('bad_redirect_uri');
  const scopes = (query.get('scope') ?? '').split(',').filter(Boolean);
  if (scopes.length === 0) return bad('no_scopes');
  const to = new URL(back);
  const state = query.get('state');
  if (state !== null) to.searchParams.set('state', state);
  if (who.agrees) to.searchParams.set('code', codeFor());
  else to.searchParams.set('error', 'access_denied');
  return { status: 302, body: '', headers: { location: to.href }, error: null };

  function codeFor(): string {
    const code = `${world.newId('')}.${world.newId('')}`;
    const { workspace, user } = who;
    const kept = { workspace: workspace.id, user, scopes, redirectUri: back, at: world.now(), used: false };
    desk.codes.set(code, kept);
    return code;
  }
}
