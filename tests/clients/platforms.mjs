// The other side of the platforms that are called: takes what they would take, remembers it, and hands out keys and tokens.
//   node platforms.mjs FOLDER    listens on a free port of loopback; writes FOLDER/port, and FOLDER/key.pem to sign with
// Under /slack is Slack's Web API, under /telegram the Bot API, under /graph Meta's, under /connector a Bot Framework channel, under /login and /openid what
// belongs to it. GET /calls tells what came.
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';

const folder = process.argv[2];
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
fs.writeFileSync(`${folder}/key.pem`, privateKey.export({ type: 'pkcs8', format: 'pem' }));
const keys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256', endorsements: ['msteams', 'webchat'] }] };

const calls = [];
let gone = true;   // the channel CGONE, until GET /return
let sent = 0;

function answer(path, own, json) {
  sent += 1;
  if (path === '/openid') return { issuer: 'https://api.botframework.com', jwks_uri: `${own}/keys`, id_token_signing_alg_values_supported: ['RS256'] };
  if (path === '/keys') return keys;
  if (path.startsWith('/login/')) return { token_type: 'Bearer', expires_in: 3600, access_token: 'connector-token' };
  if (path.startsWith('/slack/') && json?.channel === 'CGONE' && gone) return { ok: false, error: 'channel_not_found' };
  if (path.startsWith('/slack/')) return { ok: true, channel: 'C1', ts: `${sent}.000100` };
  if (path.startsWith('/graph/')) return { messaging_product: 'whatsapp', contacts: [], messages: [{ id: `wamid.sent${sent}` }] };
  if (path.startsWith('/telegram/')) return { ok: true, result: { message_id: sent } };
  return { id: `sent${sent}` };
}

const server = http.createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const body = Buffer.concat(pieces).toString();
  const send = (document) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
  if (request.url === '/calls') return send(calls);
  if (request.url === '/return') { gone = false; return send({}); }
  let json = null;
  try { json = JSON.parse(body); } catch { /* forms */ }
  calls.push({ method: request.method, path: request.url, headers: request.headers, body, json });
  return send(answer(request.url.split('?')[0], `http://${request.headers.host}`, json));
});
server.listen(0, '127.0.0.1', () => fs.writeFileSync(`${folder}/port`, String(server.address().port)));
