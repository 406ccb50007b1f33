// An emulator of Telegram's Bot API. It sends no secret and does not look at bodies of responses, so a relay between it
// and the bot adds the one, and does what the other says, as Telegram does.
import assert from 'node:assert/strict';
import http from 'node:http';
import test, { after, before } from 'node:test';
import telegram from 'telegram-test-api';
import { calls, deliver, eventually, secrets } from './bot.mjs';

const TelegramServer = telegram.default ?? telegram.TelegramServer ?? telegram;
const token = '7000000001:tests';
let emulator;
let relay;
const answers = [];

const free = () => new Promise((done) => {
  const probe = http.createServer().listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => done(port)); });
});

before(async () => {
  emulator = new TelegramServer({ port: await free(), host: '127.0.0.1' });
  await emulator.start();
  const api = `${emulator.config.apiURL}/bot${token}`;
  relay = http.createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const { status, json } = await deliver('/webhooks/telegram', Buffer.concat(pieces).toString(), { 'X-Telegram-Bot-Api-Secret-Token': secrets.telegram });
    answers.push(json);
    if (json?.method) {
      const { method, ...parameters } = json;
      await fetch(`${api}/${method}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(parameters) });
    }
    response.writeHead(status).end();
  });
  await new Promise((done) => relay.listen(0, '127.0.0.1', done));
  await fetch(`${api}/setWebhook`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ url: `http://127.0.0.1:${relay.address().port}/` }) });
});

after(async () => {
  relay.close();
  relay.closeAllConnections?.();
  await emulator.stop();
});

test('a person is answered, and the buttons ask on', async () => {
  const client = emulator.getClient(token, { timeout: 5000 });
  await client.sendMessage(client.makeMessage('Where is CIML?'));
  const updates = await eventually(async () => {
    const { result } = await client.getUpdates();
    return result.length > 0 && result;
  });
  const { message } = updates[0];
  assert.match(message.text, /Luminy/);
  assert.equal(message.parse_mode, 'HTML');
  assert.match(message.text, /<a href="https?:/);
  const data = message.reply_markup.inline_keyboard[0][0].callback_data;
  assert.ok(Buffer.byteLength(data) <= 64);

  // The press is answered by calls, so that the button stops waiting.
  await client.sendCallback(client.makeCallbackQuery(data, { message: { message_id: 1, chat: { id: 1, type: 'private' } } }));
  const [seen, said] = await eventually(async () => {
    const all = await calls(`/telegram/bot${token}/`);
    return all.length > 1 && all;
  });
  assert.match(seen.path, /answerCallbackQuery$/);
  assert.ok(seen.json.callback_query_id);
  assert.match(said.path, /sendMessage$/);
  assert.equal(said.json.chat_id, 1);
});

test('a command is a question as well', async () => {
  const client = emulator.getClient(token, { timeout: 5000, userId: 77, chatId: 77 });
  const known = answers.length;
  await client.sendCommand(client.makeCommand('/faq Where is CIML?'));
  await eventually(() => answers.length > known);
  assert.match(answers.at(-1).text, /Luminy/);
});

test('without the secret nothing is answered', async () => {
  const update = { update_id: 999, message: { message_id: 1, date: 1, from: { id: 1 }, chat: { id: 1, type: 'private' }, text: 'Where is CIML?' } };
  assert.equal((await deliver('/webhooks/telegram', update)).status, 401);
});
