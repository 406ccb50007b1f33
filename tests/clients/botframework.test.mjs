// Microsoft's connector library decides whether a delivery's token is right; so does the bot, and they must agree. The bot's
// answer is what the library's own client would send to the channel.
import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import fs from 'node:fs';
import test from 'node:test';
import { calls, deliver, eventually, secrets } from './bot.mjs';

const connector = await import('botframework-connector').then((module) => module.default ?? module, () => null);
const needs = { skip: connector ? false : 'botframework-connector is not to be had' };
const key = fs.readFileSync(secrets.key);
const service = `${secrets.platforms}/connector`;
const seconds = () => Math.floor(Date.now() / 1000);
const part = (object) => Buffer.from(JSON.stringify(object)).toString('base64url');

function token(claims = {}, header = {}) {
  const now = seconds();
  const all = { iss: 'https://api.botframework.com', aud: 'app-clients', serviceurl: service, nbf: now - 10, exp: now + 600, ...claims };
  const text = `${part({ alg: 'RS256', typ: 'JWT', kid: 'k1', ...header })}.${part(all)}`;
  return `Bearer ${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

async function libraryAccepts(authorization, channel = 'msteams') {
  const { ChannelValidation, SimpleCredentialProvider } = connector;
  ChannelValidation.OpenIdMetadataEndpoint = `${secrets.platforms}/openid`;
  try {
    const identity = await ChannelValidation.authenticateChannelTokenWithServiceUrl(authorization, new SimpleCredentialProvider('app-clients', ''), service, channel);
    return identity.isAuthenticated;
  } catch { return false; }
}

const activity = (id, text, more = {}) => ({
  type: 'message', id, channelId: 'msteams', serviceUrl: service, timestamp: new Date().toISOString(), locale: 'en-GB',
  from: { id: '29:marie', name: 'Marie' }, recipient: { id: '28:bot', name: 'immunobot' }, conversation: { id: 'a:1;messageid=2', conversationType: 'personal' }, text, ...more,
});

test('the library and the bot agree about tokens', needs, async () => {
  const changed = token();
  const cases = [
    ['right', token(), true],
    ['for another app', token({ aud: 'another' }), false],
    ['by another issuer', token({ iss: 'https://example.org' }), false],
    ['over', token({ exp: seconds() - 600, nbf: seconds() - 1200 }), false],
    ['not yet', token({ nbf: seconds() + 900, exp: seconds() + 1200 }), false],
    ['for another service', token({ serviceurl: 'https://example.org' }), false],
    ['of an unknown key', token({}, { kid: 'k2' }), false],
    ['unsigned', `Bearer ${part({ alg: 'none' })}.${part({ aud: 'app-clients' })}.`, false],
    ['changed', `${changed.slice(0, -6)}AAAAAA`, false],
  ];
  const body = activity(`m${Math.random()}`, '', { type: 'typing' });
  for (const [name, authorization, good] of cases) {
    assert.equal(await libraryAccepts(authorization), good, `the library: ${name}`);
    // The first delivery may come before the keys do; channels come again.
    const { status } = await eventually(async () => {
      const answer = await deliver('/api/messages', body, { authorization });
      return answer.status !== 503 && answer;
    });
    assert.equal(status, good ? 202 : 401, `the bot: ${name}`);
  }
  assert.equal(await libraryAccepts(token(), 'slack'), false);
  assert.equal((await deliver('/api/messages', { ...body, channelId: 'slack' }, { authorization: token() })).status, 401);
});

test('a message is answered once, as the library answers', needs, async () => {
  const id = `m/${Math.random()}`;
  const question = activity(id, 'Where is CIML?');
  for (let i = 0; i < 2; i += 1) assert.equal((await deliver('/api/messages', question, { authorization: token() })).status, 202);
  const ours = (one) => one.method === 'POST' && one.json?.replyToId === id;
  const call = await eventually(async () => (await calls('/connector/')).find(ours));
  assert.match(call.json.text, /Luminy/);
  assert.equal(call.headers.authorization, 'Bearer connector-token');
  assert.deepEqual(call.json.recipient, question.from);
  assert.deepEqual(call.json.from, question.recipient);

  const { ConnectorClient, MicrosoftAppCredentials } = connector;
  const client = new ConnectorClient(new MicrosoftAppCredentials('', ''), { baseUri: service });
  const known = (await calls('/connector/')).length;
  await client.conversations.replyToActivity(question.conversation.id, id, call.json);
  const theirs = (await calls('/connector/'))[known];
  assert.equal(call.path, theirs.path);
  assert.equal(call.method, theirs.method);
  const { inputHint, ...rest } = call.json;
  assert.deepEqual(rest, (({ inputHint: _, ...others }) => others)(theirs.json));
  assert.equal((await calls('/connector/')).filter(ours).filter((one) => one.headers.authorization).length, 1);
});

test('expected replies come in the response', needs, async () => {
  const { status, json } = await deliver('/api/messages', activity(`m${Math.random()}`, 'Where is CIML?', { deliveryMode: 'expectReplies' }), { authorization: token() });
  assert.equal(status, 200);
  assert.match(json.activities.map((one) => one.text).join('\n'), /Luminy/);
});
