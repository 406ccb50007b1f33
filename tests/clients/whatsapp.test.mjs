// whatsapp-api-js as a second receiver of what Meta sends, and as a second sender of what the bot answers: both must read and
// write the same.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import test from 'node:test';
import { calls, deliver, eventually, secrets, url } from './bot.mjs';

const library = await Promise.all([import('whatsapp-api-js'), import('whatsapp-api-js/messages')]).catch(() => null);
const needs = { skip: library ? false : 'whatsapp-api-js needs a newer Node' };
const number = '100200';
const sign = (body, secret = secrets.whatsapp) => ({ 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` });

function peer() {
  const [{ WhatsAppAPI }] = library;
  const requests = [];
  const fetch = async (address, options) => {
    requests.push({ address: String(address), ...options });
    return new Response(JSON.stringify({ messages: [{ id: 'wamid.x' }] }), { headers: { 'content-type': 'application/json' } });
  };
  const api = new WhatsAppAPI({ token: 'graph-clients', appSecret: secrets.whatsapp, webhookVerifyToken: 'verify-clients', v: 'v23.0', ponyfill: { fetch, subtle: globalThis.crypto.subtle } });
  return { api, requests };
}

// As Meta writes: in ASCII, with lower-case escapes.
const ascii = (document) => JSON.stringify(document).replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const message = (id, text, from = '33600000001') => ascii({
  object: 'whatsapp_business_account',
  entry: [{
    id: '0',
    changes: [{
      field: 'messages',
      value: {
        messaging_product: 'whatsapp', metadata: { display_phone_number: '33', phone_number_id: number },
        contacts: [{ profile: { name: 'Zoé' }, wa_id: from }],
        messages: [{ from, id, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body: text } }],
      },
    }],
  }],
});

test('the library and the bot agree about signatures', needs, async () => {
  const { api } = peer();
  const body = message(`wamid.${Math.random()}`, 'Bonjour é 🙂').replace('"messages"', '"nothing"');
  for (const [headers, good] of [[sign(body), true], [sign(body, 'another'), false], [sign(`${body} `), false], [{ 'x-hub-signature-256': 'sha256=' }, false]]) {
    assert.equal(await api.verifyRequestSignature(body, headers['x-hub-signature-256']), good);
    assert.equal((await deliver('/webhooks/whatsapp', body, headers)).status, good ? 200 : 403);   // Meta wants 403
  }
});

test('the subscription is confirmed by both', needs, async () => {
  const { api } = peer();
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'verify-clients', 'hub.challenge': '1158201444' };
  const response = await fetch(`${url}/webhooks/whatsapp?${new URLSearchParams(query)}`);
  assert.equal(response.status, 200);
  assert.equal(await response.text(), api.get(query));
});

test('both read the same message, and the answer is what the library would send', needs, async () => {
  const [, messages] = library;
  const { api, requests } = peer();
  const id = `wamid.${Math.random()}`;
  const body = message(id, 'Where is CIML?');
  let read;
  api.on.message = (one) => { read = one; };
  await api.post(JSON.parse(body), body, sign(body)['x-hub-signature-256']);
  await eventually(() => read);
  assert.equal(read.message.text.body, 'Where is CIML?');
  for (let i = 0; i < 2; i += 1) assert.equal((await deliver('/webhooks/whatsapp', body, sign(body))).status, 200);

  const call = await eventually(async () => (await calls('/graph/')).find(({ json }) => json?.context?.message_id === id));
  const { json } = call;
  const text = json.text?.body ?? json.interactive.body.text;
  assert.match(text, /Luminy/);

  const theirs = json.type === 'text' ? new messages.Text(json.text.body, json.text.preview_url) : interactive(messages, json.interactive);
  await api.sendMessage(read.phoneID, read.from, theirs, id);
  assert.equal(call.path, new URL(requests[0].address).pathname.replace(/^/, '/graph'));
  assert.equal(call.method, requests[0].method);
  assert.equal(call.headers.authorization, 'Bearer graph-clients');
  const expected = JSON.parse(requests[0].body);
  expected.recipient_type ??= 'individual';
  for (const part of [expected.text, json.text]) if (part) part.preview_url ??= false;
  assert.deepEqual(json, expected);
  await new Promise((go) => { setTimeout(go, 300); });
  assert.equal((await calls('/graph/')).filter((one) => one.json?.context?.message_id === id && one.body === call.body).length, 1);
});

// Made by the library, whose classes check the limits of the platform.
function interactive(messages, { type, body, action }) {
  const { ActionButtons, ActionList, Body, Button, Interactive, ListSection, Row } = messages;
  if (type === 'button') return new Interactive(new ActionButtons(...action.buttons.map(({ reply }) => new Button(reply.id, reply.title))), new Body(body.text));
  const sections = action.sections.map(({ title, rows }) => new ListSection(title, ...rows.map((row) => new Row(row.id, row.title, row.description))));
  return new Interactive(new ActionList(action.button, ...sections), new Body(body.text));
}
