/** Ways in which the stand-in fails on request. */
export type Fault =
  | 'bad-key'
  | 'forbidden'
  | 'rate-limit'
  | 'no-credit'
  | 'no-credit-by-type'
  | 'hard-limit'
  | 'error-500'
  | 'overloaded'
  | 'no-model'
  | 'no-bot'
  | 'not-yours'
  | 'size-refused'
  | 'schema-refused'
  | 'no-route'
  | 'moderation-input'
  | 'moderation-output'
  | 'moderation-unknown'
  | 'policy-violation'
  | 'bad-request'
  | 'redirect'
  | 'drop'
  | 'hang'
  | 'stall'
  | 'slow'
  | 'refusal'
  | 'incomplete'
  | 'content-filter'
  | 'failed'
  | 'not-json'
  | 'half-json'
  | 'not-schema'
  | 'empty';

export interface Refused {
  status: number;
  code: string | null;
  type: string;
  param?: string | null;
  headers?: Record<string, string>;
  more?: Record<string, unknown>;
}

const moderated = (stage: string): Refused => ({
  status: 400,
  code: 'moderation_blocked',
  type: 'image_generation_user_error',
  more: { moderation_details: { categories: ['violence'], moderation_stage: stage } },
});

const request = 'invalid_request_error';

/** Faults that are answers with a status; the others happen to the connection or the content. */
export const refusals: Partial<Record<Fault, Refused>> = {
  'bad-key': { status: 401, code: 'invalid_api_key', type: request },
  forbidden: { status: 403, code: null, type: 'permission_error' },
  'rate-limit': { status: 429, code: 'rate_limit_exceeded', type: 'rate_limit_error' },
  'no-credit': { status: 429, code: 'credit_balance_exhausted', type: 'billing_error' },
  'no-credit-by-type': { status: 429, code: null, type: 'insufficient_quota' },
  'hard-limit': { status: 400, code: 'billing_hard_limit_reached', type: 'image_generation_user_error' },
  'error-500': { status: 500, code: 'server_error', type: 'server_error' },
  overloaded: { status: 503, code: 'server_is_overloaded', type: 'service_unavailable_error' },
  'no-model': { status: 404, code: 'model_not_found', type: request, param: 'model' },
  'no-bot': { status: 400, code: 'model_not_found', type: request },
  'not-yours': { status: 403, code: 'model_not_found', type: request },
  'size-refused': { status: 400, code: 'invalid_value', type: request, param: 'size' },
  'schema-refused': { status: 400, code: 'unsupported_parameter', type: request, param: 'text.format' },
  'no-route': { status: 404, code: null, type: request },
  'moderation-input': moderated('input'),
  'moderation-output': moderated('output'),
  'moderation-unknown': moderated('unknown'),
  'policy-violation': { status: 400, code: 'content_policy_violation', type: request },
  'bad-request': { status: 400, code: 'invalid_value', type: request, param: 'prompt' },
  redirect: { status: 307, code: null, type: 'redirect', headers: { location: '/v1/elsewhere' } },
};

/** What a request held. */
export type Body = Record<string, unknown>;

export class Refusal extends Error {
  readonly refused: Refused;
  readonly body: Body;

  constructor(refused: Refused, body: Body = {}) {
    super(refused.code ?? refused.type);
    this.refused = refused;
    this.body = body;
  }
}

export const invalid = (param: string | null, code = 'invalid_value', more = {}): Refused => ({
  status: 400,
  code,
  type: 'invalid_request_error',
  param,
  more,
});
