// Slack's own library decides whether what we sign is right; so does the bot, and they must agree. What the bot then calls is
// what Slack's API takes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import test from 'node:test';
import { calls, deliver, eventually, secrets } from './bot.mjs';

const bolt = await import('@slack/bolt').then((module) => module.default ?? module, () => null);
const needs = { skip: bolt ? false : '@slack/bolt needs Node 20' };
const seconds = () => Math.floor(Date.now() / 1000);

function signed(body, { time = seconds(), secret = secrets.slack } = {}) {
  const mac = createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(time), 'x-slack-signature': `v0=${mac}` };
}

const boltAccepts = (body, headers) => bolt.isValidSlackRequest({ signingSecret: secrets.slack, body, headers });

const event = (text, more = {}) => JSON.stringify({
  type: 'event_callback', team_id: 'T1', api_app_id: 'A1', event_id: `Ev${Math.random()}`, event_time: seconds(),
  authorizations: [{ team_id: 'T1', user_id: 'UBOT', is_bot: true }],
  event: { type: 'app_mention', user: 'U1', text: `<@UBOT> ${text}`, ts: `${seconds()}.${Math.random().toString().slice(2, 8)}`, channel: 'C1', ...more },
});

const posted = async (fits) => eventually(async () => (await calls('/slack/')).find(fits));

test('Bolt and the bot agree about signatures', needs, async () => {
  const body = event('Where is CIML?', { subtype: 'bot_message' });
  const good = signed(body);
  const bad = [
    signed(body, { secret: 'another' }),
    signed(body, { time: seconds() - 400 }),
    { ...good, 'x-slack-signature': good['x-slack-signature'].replace('v0=', 'v1=') },
    { ...good, 'x-slack-request-timestamp': 'now' },
    signed(`${body} `),
  ];
  assert.equal(boltAccepts(body, good), true);
  assert.equal((await deliver('/webhooks/slack/events', body, good)).status, 200);
  for (const headers of bad) {
    assert.equal(boltAccepts(body, headers), false);
    assert.equal((await deliver('/webhooks/slack/events', body, headers)).status, 401);
  }
});

test('a mention is answered once, in its thread', needs, async () => {
  const ts = `${seconds()}.000777`;
  const body = event('Where is CIML?', { ts });
  for (let i = 0; i < 3; i += 1) {
    const headers = { ...signed(body), ...(i > 0 ? { 'x-slack-retry-num': String(i), 'x-slack-retry-reason': 'http_timeout' } : {}) };
    const { status, text } = await deliver('/webhooks/slack/events', body, headers);
    assert.equal(status, 200);
    assert.equal(text, '');
  }
  const call = await posted(({ json }) => json?.thread_ts === ts);
  assert.equal(call.method, 'POST');
  assert.equal(call.path, '/slack/chat.postMessage');
  assert.equal(call.headers.authorization, 'Bearer xoxb-clients');
  assert.match(call.headers['content-type'], /^application\/json/);
  assert.equal(call.json.channel, 'C1');
  assert.match(call.json.text, /Luminy/);
  assert.ok(call.json.text.length <= 4000);
  assert.ok(call.json.blocks.length <= 50);
  for (const block of call.json.blocks) {
    if (block.type === 'section') assert.ok(block.text.type === 'mrkdwn' && block.text.text.length <= 3000);
    if (block.type === 'actions') for (const { text, value } of block.elements) assert.ok(text.text.length <= 75 && value.length <= 2000);
  }
  await new Promise((go) => { setTimeout(go, 300); });
  assert.equal((await calls('/slack/')).filter(({ json }) => json?.thread_ts === ts).length, 1);
});

test("a button's answer goes to its response_url", needs, async () => {
  const payload = {
    type: 'block_actions', trigger_id: `t${Math.random()}`, team: { id: 'T1' }, user: { id: 'U1' }, channel: { id: 'C1' },
    container: { type: 'message', message_ts: '5.1', channel_id: 'C1', is_ephemeral: false },
    response_url: `${secrets.platforms}/slack/actions/1`, actions: [{ type: 'button', action_id: 'suggest_0', value: 'ask:Where is CIML?' }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const { status } = await deliver('/webhooks/slack/interactive', body, { ...signed(body), 'content-type': 'application/x-www-form-urlencoded' });
  assert.equal(status, 200);
  const call = await posted(({ path }) => path === '/slack/actions/1');
  assert.equal(call.headers.authorization, undefined);
  assert.match(call.json.text, /Luminy/);
});

test('a slash command is answered at once, to the one who typed it', needs, async () => {
  const body = new URLSearchParams({ command: '/mi', text: 'Where is CIML?', team_id: 'T1', channel_id: 'C1', user_id: 'U1', trigger_id: `t${Math.random()}`, response_url: 'https://hooks.slack.com/commands/1' }).toString();
  const headers = { ...signed(body), 'content-type': 'application/x-www-form-urlencoded' };
  assert.equal(boltAccepts(body, headers), true);
  const { status, json } = await deliver('/webhooks/slack/commands', body, headers);
  assert.equal(status, 200);
  assert.equal(json.response_type, 'ephemeral');
  assert.match(json.text, /Luminy/);
});

test('what Slack will not take is told to staff, who have it tried again while the bot runs', async () => {
  const staff = (...words) => execFileSync(process.env.BOT_PROGRAM, ['channels', ...words, '--database', process.env.BOT_DATABASE]).toString();
  const body = event('Where is CIML?', { channel: 'CGONE' });
  assert.equal((await deliver('/webhooks/slack/events', body, signed(body))).status, 200);
  const letter = await eventually(() => staff('dead').match(/^(\d+)\tslack\t.*channel_not_found/m));
  assert.doesNotMatch(letter.input, /Where is|Luminy/);
  await fetch(`${secrets.platforms}/return`);
  staff('retry', letter[1]);
  await eventually(async () => (await calls('/slack/')).filter(({ json }) => json?.channel === 'CGONE').length === 2);
  await eventually(() => staff('dead').startsWith('0 answers'));
});
