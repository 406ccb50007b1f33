// Discord's own library decides whether what we sign is right; so does the bot, and they must agree.
import assert from 'node:assert/strict';
import test from 'node:test';
import { InteractionResponseType, InteractionType, verifyKey } from 'discord-interactions';
import nacl from 'tweetnacl';
import { deliver, secrets } from './bot.mjs';

const key = nacl.sign.keyPair.fromSeed(Buffer.from(secrets.discordSeed, 'hex'));
const hex = (bytes) => Buffer.from(bytes).toString('hex');

function signed(body, { time = Math.floor(Date.now() / 1000), by = key } = {}) {
  const text = JSON.stringify(body);
  const stamp = String(time);
  const signature = hex(nacl.sign.detached(Buffer.from(stamp + text), by.secretKey));
  return { text, stamp, signature, headers: { 'X-Signature-Ed25519': signature, 'X-Signature-Timestamp': stamp } };
}

const interaction = (id, type, data) => ({
  id, type, data, application_id: '118', token: 't', version: 1, channel_id: '1', locale: 'fr',
  member: { user: { id: '80351110224678912', username: 'nelly' } },
});

test('a ping is answered by a pong', async () => {
  const { status, json } = await deliver('/webhooks/discord', ...parts(signed(interaction('1', InteractionType.PING))));
  assert.equal(status, 200);
  assert.deepEqual(json, { type: InteractionResponseType.PONG });
});

function parts({ text, headers }) { return [text, headers]; }

test('a command is answered with sources and buttons, and mentions nobody', async () => {
  const question = [{ name: 'question', type: 3, value: 'Où se trouve le CIML ?' }];
  const { json } = await deliver('/webhooks/discord', ...parts(signed(interaction('2', InteractionType.APPLICATION_COMMAND, { name: 'ask', options: question }))));
  assert.equal(json.type, InteractionResponseType.CHANNEL_MESSAGE_WITH_SOURCE);
  assert.match(json.data.content, /Luminy/);
  assert.match(json.data.content, /\]\(https?:/);
  assert.deepEqual(json.data.allowed_mentions, { parse: [] });
  const button = json.data.components[0].components[0];
  assert.ok(button.custom_id.length <= 100 && button.label.length <= 80);

  const pressed = interaction('3', InteractionType.MESSAGE_COMPONENT, { custom_id: button.custom_id, component_type: 2 });
  const next = await deliver('/webhooks/discord', ...parts(signed(pressed)));
  assert.equal(next.json.type, InteractionResponseType.CHANNEL_MESSAGE_WITH_SOURCE);
});

test('the library and the bot agree about signatures', async () => {
  const good = signed(interaction('4', InteractionType.PING));
  const other = signed(interaction('5', InteractionType.PING), { by: nacl.sign.keyPair() });
  const cases = [
    [good.text, good.signature, good.stamp],
    [good.text + ' ', good.signature, good.stamp],
    [good.text, good.signature, good.stamp.slice(0, -1) + '0' + good.stamp.slice(-1)],
    [good.text, good.signature.replace(/^../, '00'), good.stamp],
    [good.text, good.signature.slice(2), good.stamp],
    [other.text, other.signature, other.stamp],
  ];
  for (const [text, signature, stamp] of cases) {
    const right = await verifyKey(text, signature, stamp, hex(key.publicKey));
    const { status } = await deliver('/webhooks/discord', text, { 'X-Signature-Ed25519': signature, 'X-Signature-Timestamp': stamp });
    assert.equal(status, right ? 200 : 401);
  }
});

test('a signature of an hour ago is refused', async () => {
  const old = signed(interaction('6', InteractionType.PING), { time: Math.floor(Date.now() / 1000) - 3600 });
  assert.ok(await verifyKey(old.text, old.signature, old.stamp, hex(key.publicKey)));
  assert.equal((await deliver('/webhooks/discord', ...parts(old))).status, 401);
});
