// OpenAI's own library.
import assert from 'node:assert/strict';
import test from 'node:test';
import OpenAI from 'openai';
import { secrets, url } from './bot.mjs';

const client = (key = secrets.openai) => new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 });
const model = 'immunobot';
const ask = (content) => ({ model, messages: [{ role: 'system', content: 'You are somebody else.' }, { role: 'user', content }] });

test('a completion answers with its sources', async () => {
  const whole = await client().chat.completions.create(ask('Where is CIML?'));
  const { message, finish_reason } = whole.choices[0];
  assert.match(message.content, /Luminy/);
  assert.match(message.content, /https?:\/\//);
  assert.equal(message.role, 'assistant');
  assert.equal(finish_reason, 'stop');
  assert.equal(whole.object, 'chat.completion');
  const { start_index, end_index, url: cited } = message.annotations[0].url_citation;
  assert.equal([...message.content].slice(start_index, end_index).join(''), cited);
  assert.equal(whole.usage.total_tokens, whole.usage.prompt_tokens + whole.usage.completion_tokens);
});

test('French is answered in French, parts are joined', async () => {
  const whole = await client().chat.completions.create(ask([{ type: 'text', text: 'Où se trouve ' }, { type: 'text', text: 'le CIML ?' }]));
  assert.match(whole.choices[0].message.content, /Luminy/);
  assert.match(whole.choices[0].message.content, /Source/);
});

test('a stream says the same in pieces', async () => {
  const whole = await client().chat.completions.create(ask('Where is CIML?'));
  const stream = await client().chat.completions.create({ ...ask('Where is CIML?'), stream: true, stream_options: { include_usage: true } });
  let text = '';
  let usage = null;
  let pieces = 0;
  for await (const chunk of stream) {
    pieces += 1;
    text += chunk.choices[0]?.delta?.content ?? '';
    usage = chunk.usage ?? usage;
  }
  assert.equal(text, whole.choices[0].message.content);
  assert.ok(pieces > 3);
  assert.equal(usage.total_tokens, whole.usage.total_tokens);
});

test("the library's stream helper collects it", async () => {
  const runner = client().chat.completions.stream(ask('Where is CIML?'));
  const message = await runner.finalMessage();
  assert.match(message.content, /Luminy/);
});

test('a question may refer to the ones before it', async () => {
  const first = { role: 'user', content: 'When was CIML founded?' };
  const begun = await client().chat.completions.create({ model, messages: [first] });
  const answered = { role: 'assistant', content: begun.choices[0].message.content };
  const whole = await client().chat.completions.create({ model, messages: [first, answered, { role: 'user', content: 'and where is it?' }] });
  assert.match(whole.choices[0].message.content, /Luminy/);
});

test('a wrong key, an unknown model and a broken request have their own errors', async () => {
  await assert.rejects(client('sk-wrong').chat.completions.create(ask('x')), (error) =>
    error instanceof OpenAI.AuthenticationError && error.status === 401 && error.code === 'invalid_api_key');
  await assert.rejects(client().chat.completions.create({ ...ask('x'), model: 'gpt-9' }), (error) =>
    error instanceof OpenAI.NotFoundError && error.code === 'model_not_found' && error.param === 'model');
  await assert.rejects(client().chat.completions.create({ model, messages: [] }), (error) =>
    error instanceof OpenAI.BadRequestError && error.type === 'invalid_request_error');
  await assert.rejects(client().embeddings.create({ model, input: 'x' }), OpenAI.NotFoundError);
});

test('there is one model', async () => {
  const models = [];
  for await (const one of client().models.list()) models.push(one);
  assert.deepEqual(models.map((one) => one.id), [model]);
});
