// The library of Microsoft's Web Chat, as a web page uses it: with a token that a server fetched, asking what is new or
// told through a stream.
import assert from 'node:assert/strict';
import test from 'node:test';
import WebSocket from 'ws';
import xhr2 from 'xhr2';
import { deliver, eventually, secrets, url } from './bot.mjs';

globalThis.XMLHttpRequest = xhr2;
globalThis.WebSocket = WebSocket;
globalThis.window ??= globalThis;
const { ConnectionStatus, DirectLine } = (await import('botframework-directlinejs')).default;

const domain = `${url}/v3/directline`;
const fetchToken = async () =>
  (await deliver('/v3/directline/tokens/generate', { user: { id: 'dl_marie' } }, { Authorization: `Bearer ${secrets.directline}` })).json.token;

function collect(line) {
  const seen = [];
  const waiting = [];
  const next = (activity) => {
    seen.push(activity);
    for (const look of waiting.splice(0)) look();
  };
  line.activity$.subscribe({ next, error: () => { /* that the conversation was ended */ } });
  return async (fits) => {
    for (;;) {
      const found = seen.find(fits);
      if (found) return found;
      await new Promise((go, fail) => { waiting.push(go); setTimeout(() => fail(new Error('no such activity')), 10_000).unref(); });
    }
  };
}

test('a page is greeted, asks, and is answered', async () => {
  const line = new DirectLine({ domain, token: await fetchToken(), webSocket: false, pollingInterval: 200 });
  try {
    const activity = collect(line);
    const greeting = await activity((one) => one.from.id === 'immunobot');
    assert.match(greeting.text, /automatic assistant/);
    const id = await new Promise((done, fail) => line.postActivity({ from: { id: 'dl_marie' }, type: 'message', text: 'Where is CIML?', locale: 'en-GB' }).subscribe(done, fail));
    const echo = await activity((one) => one.id === id);
    assert.equal(echo.text, 'Where is CIML?');
    const reply = await activity((one) => one.replyToId === id);
    assert.match(reply.text, /Luminy/);
    assert.equal(reply.textFormat, 'markdown');
    assert.equal(reply.suggestedActions.actions[0].type, 'imBack');
    assert.equal(line.connectionStatus$.getValue(), ConnectionStatus.Online);
  } finally { line.end(); }
});

test('a page is told through a stream, as the library does by itself, and finds its way back', async () => {
  const opened = [];
  globalThis.WebSocket = class extends WebSocket {
    constructor(address) { super(address); opened.push({ address, socket: this }); }
  };
  const line = new DirectLine({ domain, token: await fetchToken() });
  try {
    const activity = collect(line);
    await activity((one) => one.from.id === 'immunobot');
    assert.equal(opened.length, 1);
    assert.match(opened[0].address, /^ws:.*\/stream\?watermark=/);
    const ask = (text) => new Promise((done, fail) => line.postActivity({ from: { id: 'dl_marie' }, type: 'message', text, locale: 'en-GB' }).subscribe(done, fail));
    const id = await ask('Where is CIML?');
    assert.match((await activity((one) => one.replyToId === id)).text, /Luminy/);

    const seen = new Set();
    let twice = 0;
    line.activity$.subscribe({ next: ({ id: one }) => { if (seen.has(one)) twice += 1; seen.add(one); }, error: () => {} });
    opened[0].socket.terminate();
    await eventually(() => opened.length > 1);
    const again = await ask('Where is TAGC?');
    assert.match((await activity((one) => one.replyToId === again)).text, /TAGC/);
    assert.equal(twice, 0);
  } finally {
    line.end();
    globalThis.WebSocket = WebSocket;
  }
});

test('a wrong token does not connect', async () => {
  const line = new DirectLine({ domain, token: 'wrong', webSocket: false, pollingInterval: 200 });
  const status = await new Promise((done) => {
    line.activity$.subscribe({ error: () => {} });
    line.connectionStatus$.subscribe((one) => { if (one === ConnectionStatus.FailedToConnect) done(one); });
  });
  assert.equal(status, ConnectionStatus.FailedToConnect);
  line.end();
});
