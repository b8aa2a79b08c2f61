// Who is looking: OpenID Connect's authorization code flow with PKCE (RFC 7636) against the platform's issuer. Tokens live
// in this tab's session storage, so that a reload keeps them and closing the tab forgets them.

const SCOPE = 'openid ops:read';
const SESSION = 'millrace.session';
const PENDING = 'millrace.login';
const RENEW_BEFORE = 60_000; // ms of life left
const LONGEST_WAIT = 10_000; // ms for an answer of the issuer
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

const setting = (name) => document.querySelector(`meta[name="millrace-${name}"]`).content;
const issuer = setting('issuer');
const client = setting('client');
const home = () => location.origin + '/';

/** The issuer gives no answer of its own; that says nothing about the login. */
class IssuerAway extends Error {}

let session = JSON.parse(sessionStorage.getItem(SESSION));
let endpoints;
let renewing;

/** Nobody is logged in, or no longer. */
export class LoginNeeded extends Error {}

export const user = () => session?.user ?? null;

/** Where this page should be opened instead: tokens are bound to one name of this machine, and people use all of them. */
export function properAddress() {
  const at = new URL(issuer);
  const same = at.origin === location.origin || at.port !== location.port;
  return same || !LOOPBACK.includes(at.hostname) || !LOOPBACK.includes(location.hostname)
    ? null
    : at.origin + location.pathname + location.search + location.hash;
}

/** Sends the user to the issuer; he comes back to the view he is at. */
export async function logIn() {
  if (!crypto.subtle) {
    throw new Error('This browser allows logging in only at localhost or over HTTPS.');
  }
  const asked = { ...fresh(), hash: location.hash };
  sessionStorage.setItem(PENDING, JSON.stringify(asked));
  location.assign(await request(asked));
}

/** Ends a login that has come back to this page, if one has; says what went wrong with it. */
export async function complete() {
  const answer = new URLSearchParams(location.search);
  if (!answer.has('code') && !answer.has('error')) {
    return;
  }
  const asked = JSON.parse(sessionStorage.getItem(PENDING));
  sessionStorage.removeItem(PENDING);
  history.replaceState(null, '', '/' + (asked?.hash ?? ''));
  if (asked) { // else an old address was opened again: its code is long gone
    await redeem(answer, asked);
  }
}

/** A token that is good for now. `again` asks for a new one, after the old was refused. */
export async function token(again = false) {
  if (!session) {
    throw new LoginNeeded('You are not logged in.');
  }
  if (again || session.expires - Date.now() < RENEW_BEFORE) {
    renewing ??= renew().finally(() => (renewing = null));
    await renewing;
  }
  return session.access;
}

/** Ends the session here and at the issuer. */
export async function logOut() {
  const hint = session?.id;
  forget();
  const { end_session_endpoint: end } = await discover();
  const query = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: home() });
  location.assign(hint && end ? `${end}?${query}` : home());
}

/** Renews without the user, as long as the issuer remembers him; its answer is an address of this page, which is only read. */
async function renew() {
  try {
    if (new URL(issuer).origin !== location.origin) {
      throw new LoginNeeded();
    }
    const asked = fresh();
    const answer = await ask((await request(asked)) + '&prompt=none');
    await redeem(new URL(answer.url).searchParams, asked);
  } catch (reason) {
    if (reason instanceof IssuerAway) {
      throw reason; // worth another try
    }
    forget();
    throw new LoginNeeded('Your session has ended.', { cause: reason });
  }
}

async function redeem(answer, asked) {
  if (answer.get('state') !== asked.state) {
    throw new Error('The login was not begun by this page. Please log in again.');
  }
  if (!answer.has('code')) {
    throw new Error(`The login was refused: ${answer.get('error_description') ?? answer.get('error')}`);
  }
  const response = await ask((await discover()).token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: client,
      redirect_uri: home(),
      code: answer.get('code'),
      code_verifier: asked.verifier,
    }),
  });
  if (!response.ok) {
    throw new Error(`The issuer gave no token (${response.status}). Please log in again.`);
  }
  const given = await response.json();
  session = {
    access: given.access_token,
    id: given.id_token,
    expires: Date.now() + given.expires_in * 1000,
    user: claims(given.id_token).sub,
  };
  sessionStorage.setItem(SESSION, JSON.stringify(session));
}

function forget() {
  session = null;
  sessionStorage.removeItem(SESSION);
}

async function request({ state, verifier }) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    redirect_uri: home(),
    scope: SCOPE,
    state,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  });
  return `${(await discover()).authorization_endpoint}?${query}`;
}

async function discover() {
  if (!endpoints) {
    const response = await ask(`${issuer}/.well-known/openid-configuration`);
    if (!response.ok) {
      throw new IssuerAway(`The issuer of logins does not answer (${response.status}).`);
    }
    endpoints = await response.json();
  }
  return endpoints;
}

/** Asks the issuer, which may also hang: then whoever waits for a token has to be told. */
async function ask(address, how = {}) {
  let response;
  try {
    response = await fetch(address, { ...how, signal: AbortSignal.timeout(LONGEST_WAIT) });
  } catch (reason) {
    throw new IssuerAway('The platform can’t be reached.', { cause: reason });
  }
  if (response.status >= 500) {
    throw new IssuerAway('The platform is busy or being started.');
  }
  return response;
}

const fresh = () => ({ state: random(), verifier: random() });
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

function claims(jwt) {
  const text = atob(jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
}
