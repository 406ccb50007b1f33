// Sends signed deliveries of all channels to a running immunobot at a steady rate, plays the platforms that it then calls, and
// tells how long acknowledgements took, how its memory went, and whether each answer arrived exactly once. Without packages.
//   node load_channels.mjs PROGRAM ROOT SECONDS RATE [hang]
// Started by scripts/load_channels.
import { spawn } from 'node:child_process';
import { createHmac, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

// ---- the platforms, on a thread of their own so that they do not hold up the clock of the others ----

function playPlatforms() {
  const seen = new Map();   // what a call is for -> how often each of its keys came and was accepted
  let hanging = workerData.hang;
  let calls = 0;
  const held = new Set();
  const server = http.createServer((request, response) => {
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
      const send = (document) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
      if (request.url === '/openid') return send({ issuer: 'https://api.botframework.com', jwks_uri: `http://${request.headers.host}/keys` });
      if (request.url === '/keys') return send(workerData.keys);
      if (request.url.startsWith('/login/')) return send({ token_type: 'Bearer', expires_in: 3600, access_token: 't' });
      calls += 1;
      if (hanging) { held.add(response); return undefined; }
      const body = JSON.parse(Buffer.concat(pieces).toString());
      const event = eventOf(request.url, body);
      const keys = seen.get(event) ?? new Map();
      const key = request.headers['idempotency-key'];
      keys.set(key, (keys.get(key) ?? 0) + 1);
      seen.set(event, keys);
      return send({ ok: true, id: 'x', event_id: '$x', messages: [{ id: 'x' }] });
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage({ port: server.address().port }));
  parentPort.on('message', (what) => {
    if (what === 'release') { hanging = false; for (const response of held) response.destroy(); }
    if (what === 'tell') parentPort.postMessage({ calls, events: [...seen].map(([event, keys]) => [event, keys.size, Math.max(...keys.values())]) });
    if (what === 'end') process.exit();
  });
}

// Each event has a room of its own, whose name says which event it is.
function eventOf(url, body) {
  const named = url.match(/(?:rooms\/(?:%21|!)|conversations\/)(e\d+)/);
  if (named) return named[1];
  const numbered = url.match(/conversations\/(\d+)\//);
  if (numbered) return `e${numbered[1]}`;
  return body.channel ?? (body.to ? `e${body.to}` : `e${body.recipient?.id}`);
}

// ---- the deliveries ----

const json = { 'content-type': 'application/json' };
const hmac = (key, text, form = 'hex') => createHmac('sha256', key).update(text).digest(form);
const questions = ['Where is CIML?', 'What is the MI-FHU?', 'quels hôpitaux sont membres ?', 'qui dirige le CIPHE ?', 'What is Innate Pharma?',
  'Combien de personnes travaillent au CIML ?', 'and the CNRS?', 'where can I park my horse?'];

function token(key, claims) {
  const part = (object) => Buffer.from(JSON.stringify(object)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT', kid: 'k1' })}.${part(claims)}`;
  return `Bearer ${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

function channels({ there, key }) {
  const now = () => Math.floor(Date.now() / 1000);
  const start = now();
  const service = `${there}/connector`;
  const connector = token(key, { iss: 'https://api.botframework.com', aud: 'load', serviceurl: service, nbf: start - 10, exp: start + 3600 });
  const google = token(key, { iss: 'https://accounts.google.com', aud: 'https://load.example.org/', email: 'chat@system.gserviceaccount.com', email_verified: true, iat: start - 10, exp: start + 3600 });
  const seed = createPrivateKey({ key: Buffer.from(`302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60`, 'hex'), format: 'der', type: 'pkcs8' });
  const post = (target, body, headers = {}) => ({ method: 'POST', target, body, headers: { ...json, ...headers } });
  // name -> [the delivery of event number n that asks q, whether the answer goes by a call]
  return {
    generic: [(n, q) => {
      const body = JSON.stringify({ text: q, conversation: `e${n}` });
      const stamp = now();
      const signature = hmac(Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64'), `m${n}.${stamp}.${body}`, 'base64');
      return post('/webhooks/generic', body, { 'webhook-id': `m${n}`, 'webhook-timestamp': stamp, 'webhook-signature': `v1,${signature}` });
    }],
    rest: [(n, q) => post('/webhooks/rest/webhook', JSON.stringify({ sender: `e${n}`, message: q }))],
    openai: [(n, q) => post('/v1/chat/completions', JSON.stringify({ model: 'immunobot', messages: [{ role: 'user', content: q }] }), { authorization: 'Bearer load' })],
    mcp: [(n, q) => post('/mcp', JSON.stringify({ jsonrpc: '2.0', id: n, method: 'tools/call', params: { name: 'ask', arguments: { question: q } } }), { authorization: 'Bearer load' })],
    directline: [(n) => post('/v3/directline/conversations', JSON.stringify({ locale: n % 2 ? 'fr' : 'en' }), { authorization: 'Bearer load' })],
    mattermost: [(n, q) => post('/webhooks/mattermost/outgoing', JSON.stringify({ token: 'load', channel_id: `e${n}`, user_id: `u${n}`, user_name: 'marie', post_id: `p${n}`, text: `immunobot ${q}`, trigger_word: 'immunobot' }))],
    telegram: [(n, q) => post('/webhooks/telegram', JSON.stringify({ update_id: n, message: { message_id: 1, date: now(), from: { id: n, is_bot: false }, chat: { id: n, type: 'private' }, text: q } }), { 'x-telegram-bot-api-secret-token': 'load' })],
    discord: [(n, q) => {
      const body = JSON.stringify({ id: String(n), application_id: '1', token: 't', version: 1, type: 2, channel_id: `${n}`, locale: 'fr', member: { user: { id: `${n}` } }, data: { id: '1', name: 'ask', type: 1, options: [{ name: 'question', type: 3, value: q }] } });
      const stamp = String(now());
      return post('/webhooks/discord', body, { 'x-signature-timestamp': stamp, 'x-signature-ed25519': sign(null, Buffer.from(stamp + body), seed).toString('hex') });
    }],
    teams: [(n, q) => {
      const body = JSON.stringify({ type: 'message', id: `m${n}`, text: `<at>immunobot</at> ${q}`, from: { id: `u${n}` }, conversation: { id: `e${n}` } });
      return post('/webhooks/teams', body, { authorization: `HMAC ${hmac(Buffer.from('bG9hZGxvYWQ=', 'base64'), body, 'base64')}` });
    }],
    rocketchat: [(n, q) => post('/webhooks/rocketchat', JSON.stringify({ token: 'load', bot: false, trigger_word: '!mi', channel_id: `e${n}`, message_id: `m${n}`, user_id: `u${n}`, user_name: 'paul', text: `!mi ${q}` }))],
    zulip: [(n, q) => post('/webhooks/zulip', JSON.stringify({ bot_email: 'b@example.org', bot_full_name: 'immunobot', data: q, token: 'load', trigger: 'private_message', message: { id: n, type: 'private', sender_id: n, sender_email: `u${n}@example.org`, display_recipient: [] } }))],
    googlechat: [(n, q) => post('/webhooks/googlechat', JSON.stringify({ type: 'MESSAGE', space: { name: `spaces/e${n}`, type: 'DM' }, user: { name: `users/${n}`, type: 'HUMAN' }, message: { name: `spaces/e${n}/messages/1`, sender: { name: `users/${n}`, type: 'HUMAN' }, text: q, argumentText: q } }), { authorization: google })],
    slack: [(n, q) => {
      const stamp = now();
      const body = JSON.stringify({ type: 'event_callback', team_id: 'T1', event_id: `Ev${n}`, event: { type: 'message', channel_type: 'im', user: `U${n}`, text: q, ts: `${now()}.${n}`, channel: `e${n}` } });
      return post('/webhooks/slack/events', body, { 'x-slack-request-timestamp': stamp, 'x-slack-signature': `v0=${hmac('load', `v0:${stamp}:${body}`)}` });
    }, true],
    whatsapp: [(n, q) => {
      const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '0', changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata: { phone_number_id: '100200' }, messages: [{ from: `${n}`, id: `w${n}`, timestamp: String(now()), type: 'text', text: { body: q } }] } }] }] });
      return post('/webhooks/whatsapp', body, { 'x-hub-signature-256': `sha256=${hmac('load', body)}` });
    }, true],
    messenger: [(n, q) => {
      const body = JSON.stringify({ object: 'page', entry: [{ id: '500600', time: Date.now(), messaging: [{ sender: { id: `${n}` }, recipient: { id: '500600' }, timestamp: Date.now(), message: { mid: `m${n}`, text: q } }] }] });
      return post('/webhooks/messenger', body, { 'x-hub-signature-256': `sha256=${hmac('load', body)}` });
    }, true],
    matrix: [(n, q) => ({
      ...post(`/_matrix/app/v1/transactions/${n}`, JSON.stringify({ events: [{ type: 'm.room.message', event_id: `$${n}`, room_id: `!e${n}:example.org`, sender: `@u${n}:example.org`, origin_server_ts: Date.now(), content: { msgtype: 'm.text', body: `immunobot: ${q}`, 'm.mentions': { user_ids: ['@immunobot:example.org'] } } }] }), { authorization: 'Bearer load' }),
      method: 'PUT',
    }), true],
    chatwoot: [(n, q) => {
      const stamp = now();
      const body = JSON.stringify({ event: 'message_created', id: n, content: q, message_type: 'incoming', content_type: 'text', private: false, sender: { id: n, type: 'contact' }, conversation: { id: n, status: 'pending' }, account: { id: 1 } });
      return post('/webhooks/chatwoot', body, { 'x-chatwoot-delivery': `d${n}`, 'x-chatwoot-timestamp': stamp, 'x-chatwoot-signature': `sha256=${hmac('load', `${stamp}.${body}`)}` });
    }, true],
    botframework: [(n, q) => post('/api/messages', JSON.stringify({ type: 'message', id: `m${n}`, channelId: 'msteams', serviceUrl: service, from: { id: `u${n}` }, recipient: { id: 'b' }, conversation: { id: `e${n}`, conversationType: 'personal' }, text: q }), { authorization: connector }), true],
  };
}

function environment(there) {
  const settings = {
    GENERIC_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', OPENAI_KEY: 'load', MCP_KEY: 'load', DIRECTLINE_SECRET: 'load', MATTERMOST_OUTGOING_TOKEN: 'load',
    TELEGRAM_SECRET_TOKEN: 'load', DISCORD_PUBLIC_KEY: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', TEAMS_SECURITY_TOKEN: 'bG9hZGxvYWQ=',
    ROCKETCHAT_TOKEN: 'load', ZULIP_TOKEN: 'load', GOOGLECHAT_AUDIENCE: 'https://load.example.org/', GOOGLECHAT_KEYS: `${there}/keys`,
    SLACK_SIGNING_SECRET: 'load', SLACK_BOT_TOKEN: 'load', SLACK_API: `${there}/slack`,
    WHATSAPP_APP_SECRET: 'load', WHATSAPP_VERIFY_TOKEN: 'load', WHATSAPP_ACCESS_TOKEN: 'load', WHATSAPP_PHONE_NUMBER_ID: '100200', WHATSAPP_API: `${there}/graph`,
    MESSENGER_APP_SECRET: 'load', MESSENGER_VERIFY_TOKEN: 'load', MESSENGER_ACCESS_TOKEN: 'load', MESSENGER_PAGE_ID: '500600', MESSENGER_API: `${there}/graph`,
    MATRIX_HS_TOKEN: 'load', MATRIX_AS_TOKEN: 'load', MATRIX_BOT_MXID: '@immunobot:example.org', MATRIX_HOMESERVER: there,
    CHATWOOT_SECRET: 'load', CHATWOOT_ACCESS_TOKEN: 'load', CHATWOOT_API: there,
    BOTFRAMEWORK_APP_ID: 'load', BOTFRAMEWORK_APP_PASSWORD: 'load', BOTFRAMEWORK_OPENID: `${there}/openid`, BOTFRAMEWORK_LOGIN: `${there}/login`, BOTFRAMEWORK_ALLOWED_HOSTS: there,
  };
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [`IMMUNOBOT_${name}`, value]));
}

// ---- the run ----

// What a run must keep to; else it ends with 1.
const longest = { usual: 50, hang: 300 };   // ms, 99th percentile of all acknowledgements
const memoryEvery = 10;                     // seconds
// The tables of conversations and deliveries and the caches fill first; after so many events nothing may be added any more.
const eventsUntilFull = 30_000;
const mostGrowth = 3;                       // MiB, in all that follows

const pause = (ms) => new Promise((go) => { setTimeout(go, ms); });
const quantile = (sorted, part) => (sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)]);

async function startBot(program, root, folder, there) {
  const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('IMMUNOBOT_')));
  const bot = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--database', `${folder}/load.db`, '--intents', `${root}/intents`, '--data', `${root}/data`],
    { env: { ...plain, ...environment(there) }, stdio: ['ignore', 'pipe', fs.openSync(`${folder}/log`, 'w')] });
  let said = '';
  for await (const piece of bot.stdout) {
    said += piece;
    const found = said.match(/serves .*:(\d+)/);
    if (found) return { bot, port: Number(found[1]) };
  }
  throw new Error(`the bot did not start: ${fs.readFileSync(`${folder}/log`)}`);
}

async function main() {
  const [program, root, seconds, rate, mode] = process.argv.slice(2);
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256', endorsements: ['msteams'] }] };
  const platforms = new Worker(new URL(import.meta.url), { workerData: { keys, hang: mode === 'hang' } });
  const heard = (what) => new Promise((done) => { platforms.once('message', done); if (what) platforms.postMessage(what); });
  const there = `http://127.0.0.1:${(await heard()).port}`;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'immunobot-load-'));
  const { bot, port } = await startBot(program, root, folder, there);
  try {
    const good = await load({ bot, port, heard, platforms, all: channels({ there, key: privateKey }), seconds: Number(seconds), rate: Number(rate), hang: mode === 'hang' });
    process.exitCode = good ? 0 : 1;
  } finally {
    bot.kill();
    await new Promise((done) => { bot.once('exit', done); });
    fs.rmSync(folder, { recursive: true });
    platforms.postMessage('end');
  }
}

async function load({ bot, port, heard, platforms, all, seconds, rate, hang }) {
  // Gives an idle connection up before the server does, after 15 s, for else a request may meet the end of its connection.
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64, timeout: 8000 });
  const memory = () => Number(fs.readFileSync(`/proc/${bot.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;
  const names = Object.keys(all);
  const times = { response: [], call: [] };
  const errors = new Map();
  const expected = new Set();
  let open = 0;
  const fail = (name, what) => errors.set(`${name} ${what}`, (errors.get(`${name} ${what}`) ?? 0) + 1);

  const send = (name, n, timed = true) => new Promise((done) => {
    const [make, byCall] = all[name];
    const { method, target, body, headers } = make(n, questions[n % questions.length]);
    const begin = performance.now();
    open += 1;
    const end = (status) => {
      open -= 1;
      if (timed) times[byCall ? 'call' : 'response'].push(performance.now() - begin);
      if (status < 200 || status > 299) fail(name, status);
      else if (byCall) expected.add(`e${n}`);
      done(status);
    };
    const request = http.request({ host: '127.0.0.1', port, method, path: target, agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (response) => {
      response.resume();
      response.on('end', () => end(response.statusCode));
    });
    request.on('error', (error) => end(error.code === undefined ? 0 : -1));
    request.end(body);
  });

  // Keys of platforms are fetched when they are first needed; until then their deliveries are put off.
  for (const name of ['googlechat', 'botframework']) for (let i = 0; i < 100 && (await send(name, 1 + i, false)) > 299; i += 1) await pause(50);
  errors.clear();

  const total = Math.round(seconds * rate);
  const memories = [[0, memory()]];
  let late = 0;
  const begin = performance.now();
  for (let i = 0; i < total; i += 1) {
    const due = begin + (i * 1000) / rate;
    const wait = due - performance.now();
    if (wait > 1) await pause(wait);
    late = Math.max(late, performance.now() - due);
    send(names[i % names.length], 1000 + i);
    if (i > 0 && i % Math.round(rate * memoryEvery) === 0) memories.push([i, memory()]);
  }
  while (open > 0) await pause(10);
  const took = (performance.now() - begin) / 1000;
  memories.push([total, memory()]);
  const held = hang ? (await heard('tell')).calls : 0;
  if (hang) platforms.postMessage('release');

  let told;
  const until = Date.now() + (hang ? 600_000 : 60_000);
  do { await pause(500); told = await heard('tell'); } while (told.events.length < expected.size && Date.now() < until);
  await pause(1000);
  told = await heard('tell');
  const arrived = new Set(told.events.map(([event]) => event));
  const missing = [...expected].filter((event) => !arrived.has(event)).length;
  const unasked = [...arrived].filter((event) => !expected.has(event)).length;
  const twice = told.events.filter(([, , most]) => most > 1).length;

  const ms = (list, part) => quantile([...list].sort((a, b) => a - b), part).toFixed(1);
  const line = (what, list) => console.log(`${what}: ${list.length} deliveries, p50 ${ms(list, 0.5)} ms, p99 ${ms(list, 0.99)} ms, longest ${ms(list, 1)} ms`);
  console.log(`${names.length} channels, ${total} events in ${took.toFixed(1)} s${hang ? '; the platforms take calls and never answer' : ''}`);
  line('acknowledged, all', [...times.response, ...times.call]);
  line('answered in the response', times.response);
  line('answered by call', times.call);
  console.log(`the sender was late by at most ${late.toFixed(0)} ms`);
  console.log(`memory, before and each ${memoryEvery} s: ${memories.map(([, size]) => size.toFixed(1)).join(', ')} MiB`);
  const full = memories.filter(([events]) => events >= eventsUntilFull).map(([, size]) => size);
  const growth = full.length > 1 ? full.at(-1) - full[0] : undefined;
  console.log(growth === undefined ? `growth: not told by fewer than ${eventsUntilFull} events; --seconds 240 tells it` : `growth after ${eventsUntilFull} events: ${growth.toFixed(1)} MiB`);
  if (hang) console.log(`calls that hung: ${held}; then the platforms answered`);
  console.log(`answers by call: ${expected.size} owed, ${arrived.size - unasked} arrived, ${missing} missing, ${twice} twice, ${unasked} unasked`);
  console.log(`errors: ${errors.size === 0 ? 'none' : [...errors].map(([what, count]) => `${what} (${count})`).join(', ')}`);
  const slow = Number(ms([...times.response, ...times.call], 0.99)) > (hang ? longest.hang : longest.usual);
  if (slow) console.log(`too slow: the 99th percentile is to be ${hang ? longest.hang : longest.usual} ms at most`);
  if (growth > mostGrowth) console.log(`memory grows: at most ${mostGrowth} MiB are to be added after ${eventsUntilFull} events`);
  return errors.size === 0 && missing === 0 && twice === 0 && unasked === 0 && !slow && !(growth > mostGrowth);
}

if (isMainThread) await main(); else playPlatforms();
