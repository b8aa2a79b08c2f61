import { token, LoginNeeded } from './auth.js';

/** An answer that is not the one wanted, said in words. `status` 0: there was none. `fields` are those that were wrong. */
export class Refused extends Error {
  constructor(message, status, retryAfter = 0, fields = []) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter; // seconds
    this.fields = fields;
  }
}

/** Reads JSON. */
export async function get(path, parameters = {}, signal = undefined) {
  const given = Object.entries(parameters).filter(([, value]) => value);
  const query = given.length ? `?${new URLSearchParams(given)}` : '';
  return (await open(path + query, 'application/json', signal)).json();
}

/** Opens an address and hands out the answer once it is a good one; a token that is refused is renewed once. */
export async function open(path, accept, signal) {
  let response = await send(path, accept, signal, await token());
  if (response.status === 401) {
    response = await send(path, accept, signal, await token(true));
  }
  if (!response.ok) {
    throw await refusal(response);
  }
  return response;
}

async function send(path, accept, signal, bearer) {
  try {
    return await fetch(path, {
      headers: { Accept: accept, Authorization: `Bearer ${bearer}` },
      cache: 'no-store',
      signal,
    });
  } catch (failure) {
    if (signal?.aborted) {
      throw failure;
    }
    throw new Refused('The platform can’t be reached.', 0);
  }
}

/** What a problem (RFC 9457) says was wrong, most particular first. */
function said({ errors, detail, title }) {
  return errors?.length ? `${errors.map(({ field, message }) => `${field} ${message}`).join('; ')}.` : (detail ?? title);
}

async function refusal(response) {
  const { status } = response;
  const after = Number(response.headers.get('Retry-After')) || 0;
  const problem = await response.json().catch(() => ({}));
  switch (status) {
    case 401:
      return new LoginNeeded('Your session is not accepted any more.');
    case 403:
      return new Refused('You are not permitted to see this: it takes the right ops:read, which operator, analyst and admin have.', 403);
    case 429:
    case 503:
      return new Refused('The platform is busy or being started.', status, after);
    default:
      return new Refused(said(problem) ?? `The platform answered ${status}.`, status, after, problem.errors?.map(({ field }) => field));
  }
}
