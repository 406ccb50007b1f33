// The reference library of Standard Webhooks signs; the bot has to agree.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Webhook } from 'standardwebhooks';
import { deliver, secrets } from './bot.mjs';

const hook = new Webhook(secrets.generic);
const body = JSON.stringify({ text: 'Where is CIML?' });

const signed = (id, when = new Date(), text = body) => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(when.getTime() / 1000)),
  'webhook-signature': hook.sign(id, when, text),
});

test('what the library signs is answered, once', async () => {
  const first = await deliver('/webhooks/generic', body, signed('msg_1'));
  assert.equal(first.status, 200);
  assert.match(first.json.text, /Luminy/);
  const again = await deliver('/webhooks/generic', body, signed('msg_1'));
  assert.equal(again.text, first.text);
});

test('another body, another id and another time are refused', async () => {
  assert.equal((await deliver('/webhooks/generic', body + ' ', signed('msg_2'))).status, 401);
  assert.equal((await deliver('/webhooks/generic', body, { ...signed('msg_3'), 'webhook-id': 'msg_4' })).status, 401);
  assert.equal((await deliver('/webhooks/generic', body, signed('msg_5', new Date(Date.now() - 301_000)))).status, 401);
});
