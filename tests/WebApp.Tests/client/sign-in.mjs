// usage: node sign-in.mjs ISSUER EMAIL PASSWORD
// A program that is not ours signs a person in with code and PKCE, refreshes, and calls an API with the token and with tokens that are
// forged or for others. It plays the browser too. Prints what it found as JSON.
import * as oauth from 'openid-client';

const [issuer, email, password] = process.argv.slice(2);
const callback = 'https://own.example/callback';
const config = await oauth.discovery(
  new URL(issuer), 'own', undefined, oauth.None(), { execute: [oauth.allowInsecureRequests] });

const verifier = oauth.randomPKCECodeVerifier();
const state = oauth.randomState();
const request = oauth.buildAuthorizationUrl(config, {
  redirect_uri: callback,
  scope: 'openid profile email offline_access shop',
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state,
});

const answer = await signIn(request);
const tokens = await oauth.authorizationCodeGrant(
  config, answer, { pkceCodeVerifier: verifier, expectedState: state, idTokenExpected: true });
const refreshed = await oauth.refreshTokenGrant(config, tokens.refresh_token);
const [head, body, signature] = refreshed.access_token.split('.');

console.log(JSON.stringify({
  name: tokens.claims().name,
  withToken: await statusWith(refreshed.access_token),
  forged: await statusWith(`${head}.${encode({ ...decode(body), sub: '00000000-0000-0000-0000-000000000001' })}.${signature}`),
  wrongAudience: await statusWith(tokens.id_token),
  wrongVerifier: await errorOf(() => oauth.authorizationCodeGrant(
    config, answer, { pkceCodeVerifier: oauth.randomPKCECodeVerifier(), expectedState: state })),
}));

// Follows the redirects and sends the form of the sign-in, as a browser without scripts.
async function signIn(address) {
  const cookies = new Map();
  let response = await get(address);
  const page = await (response = await get(new URL(response.headers.get('location'), issuer))).text();
  const token = /name="__RequestVerificationToken"[^>]*value="([^"]+)"/.exec(page)[1];
  response = await get(new URL(response.url), new URLSearchParams({
    _handler: 'sign-in', __RequestVerificationToken: token, 'Form.Email': email, 'Form.Password': password,
  }));
  response = await get(new URL(response.headers.get('location'), issuer));
  return new URL(response.headers.get('location'));

  async function get(url, form) {
    const found = await fetch(url, {
      method: form ? 'POST' : 'GET',
      body: form,
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of found.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      cookies.set(name, value);
    }

    return found;
  }
}

async function statusWith(accessToken) {
  const response = await fetch(new URL('/api/dead-letters/webapp', issuer), { headers: { authorization: `Bearer ${accessToken}` } });
  return response.status;
}

async function errorOf(act) {
  try {
    await act();
    return null;
  } catch (error) {
    return error.error ?? error.code;
  }
}

function decode(part) {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}

function encode(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
