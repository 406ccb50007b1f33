// When the service is slow, wrong, busy or gone: each has its own words, the question is kept, and it can be sent again.
import { assert, noProblems, test, widget, widgetPage } from './harness.mjs';

const ALLOW = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' };
const ASK = '**/api/v1/ask';
const reply = (answer, more) => ({ id: 'r1', answer, status: 'answered', lang: 'en', intent: null, entities: [], confidence: 1, facts: [], sources: [], suggestions: [], corrections: [], explanation: null, ...more });
const fulfill = (route, body, status = 200, headers = {}) => route.fulfill({ status, headers: { ...ALLOW, ...headers }, contentType: 'application/json', body: typeof body === 'string' ? body : JSON.stringify(body) });

const opened = async (open, options) => {
  const page = await open(widgetPage(), options);
  const w = widget(page);
  await w.open();
  await w.chat.locator('.legal .person').waitFor();   // the contact is known
  return { page, w, fault: w.chat.locator('.fault'), retry: w.chat.getByRole('button', { name: 'Try again' }) };
};

const FAULTS = [
  ['an error of the server', (route) => fulfill(route, '{}', 500), 'problem on its side'],
  ['a busy database', (route) => fulfill(route, '{}', 503), 'problem on its side'],
  ['a service that is gone', (route) => route.abort('connectionrefused'), 'cannot be reached'],
  ['JSON that is none', (route) => fulfill(route, '{"answer": "a'), 'damaged'],
  ['an answer that is none', (route) => fulfill(route, { answer: { html: '<b>' } }), 'damaged'],
  ['a list', (route) => fulfill(route, '[1, 2]'), 'damaged'],
  ['null', (route) => fulfill(route, 'null'), 'damaged'],
  ['a page of a proxy', (route) => fulfill(route, '<html>502</html>'), 'damaged'],
  ['an answer of a megabyte', (route) => fulfill(route, reply('x'.repeat(1e6))), 'damaged'],
];
for (const [what, answer, words] of FAULTS)
  test(`${what}: said once, with the contact, and the same message is sent again`, async ({ open }) => {
    const { page, w, fault, retry } = await opened(open);
    const ids = [];
    page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/ask')) ids.push(request.postDataJSON().message); });
    await page.route(ASK, answer);
    await w.ask('Where is CIML?');
    assert.equal(await fault.count(), 1);
    assert.equal(await fault.getByRole('alert').count(), 1);
    assert.ok((await fault.textContent()).includes(words), await fault.textContent());
    assert.equal(await fault.getByRole('link', { name: /Contact a person/ }).getAttribute('href'), 'https://contact.example.org/');
    assert.equal(await w.launcher.isVisible(), true);
    await page.unroute(ASK);
    await retry.click();
    await w.answers.first().waitFor();
    assert.equal(await fault.count(), 0);
    assert.equal(new Set(ids).size, 1);
    assert.match(ids[0], /^[0-9a-f]{32}$/);
  });

test('an answer that is cut off in the middle', async ({ open }) => {
  const { createServer } = await import('node:http');
  const body = JSON.stringify(reply('An answer that never ends.'));
  const cutter = createServer((request, response) => {
    const cut = request.method === 'POST' && request.url.endsWith('/ask');
    response.writeHead(200, { ...ALLOW, 'access-control-allow-headers': '*', 'content-type': 'application/json', ...(cut && { 'content-length': body.length }) });
    cut ? response.write(body.slice(0, 40), () => response.destroy()) : response.end('{}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => cutter.once('listening', resolve));
  try {
    const page = await open(widgetPage({ attributes: `lang="en" endpoint="http://127.0.0.1:${cutter.address().port}"` }));
    const w = widget(page);
    await w.open();
    await w.ask('Where is CIML?');
    assert.match(await w.chat.locator('.fault').textContent(), /damaged|cannot be reached/);
    assert.equal(await w.answers.count(), 0);
  } finally {
    cutter.closeAllConnections();
    cutter.close();
  }
});

test('a person is offered once it is known where, and never by asking a service that has just failed', async ({ open }) => {
  let welcome;
  const page = await open(widgetPage(), { before: (tab) => tab.route('**/api/v1/welcome*', async (route) => {
    await new Promise((resolve) => { welcome = resolve; });
    await route.continue();
  }) });
  const w = widget(page);
  const person = w.chat.locator('.legal .person');
  await w.open();
  assert.equal(await person.count(), 0);
  await page.route(ASK, (route) => route.abort('connectionrefused'));
  await w.ask('Where is CIML?');
  assert.equal(await w.chat.locator('.fault .person').count(), 0);
  welcome();
  await person.waitFor();
  assert.equal(await person.getAttribute('href'), 'https://contact.example.org/');
});

test('where the welcome was lost, the first answer brings the contact back', async ({ open }) => {
  let lost = true;
  const page = await open(widgetPage(), { before: (tab) => tab.route('**/api/v1/welcome*', (route) => lost ? route.abort() : route.continue()) });
  const w = widget(page);
  await w.open();
  lost = false;
  await w.ask('Where is CIML?');
  await w.chat.locator('.legal .person').waitFor();
});

test('too many questions: the seconds are counted down, then it may be tried again', async ({ open }) => {
  const { page, w, fault, retry } = await opened(open);
  await page.route(ASK, (route) => fulfill(route, '{}', 429, { 'Retry-After': '2' }));
  await w.ask('Where is CIML?');
  assert.match(await fault.textContent(), /Too many questions.*Try again in [12] s/);
  assert.equal(await retry.isDisabled(), true);
  await page.unroute(ASK);
  await w.chat.locator('.fault button:enabled', { hasText: 'Try again' }).click();
  await w.answers.first().waitFor();
});

test('nothing moves before 300 ms; then dots, said once; after ten seconds it is given up', async ({ open }) => {
  const page = await open(widgetPage(), { before: (tab) => tab.clock.install() });
  const w = widget(page);
  await w.launcher.click();
  await w.chat.locator('.greeting .chips').waitFor();
  await page.clock.pauseAt(Date.now() + 3600000);
  await page.route(ASK, () => {});
  await w.field.fill('Where is CIML?');
  await w.field.press('Enter');
  await page.clock.runFor(250);
  assert.equal(await w.chat.locator('.dots').count(), 0);
  await page.clock.runFor(100);
  assert.equal(await w.chat.locator('.dots').count(), 1);
  assert.equal(await w.chat.locator('[aria-live=polite]').textContent(), 'The assistant is looking for the answer');
  await page.clock.runFor(9800);
  await w.chat.locator('.fault').waitFor();
  assert.match(await w.chat.locator('.fault').textContent(), /takes too long/);
});

test('offline: said so, and sent by itself when the network is back', async ({ open }) => {
  const { page, w, fault } = await opened(open);
  await page.context().setOffline(true);
  await w.ask('Where is CIML?');
  assert.match(await fault.textContent(), /You are offline/);
  await page.context().setOffline(false);
  await w.answers.first().waitFor();
  assert.equal(await fault.count(), 0);
});

test('a question that is sent twice is answered once', async ({ open }) => {
  const { page, w } = await opened(open);
  let first = true;
  await page.route(ASK, async (route) => {
    if (!first) return route.continue();
    first = false;
    await route.fetch().catch(() => {});   // the server has answered, and the answer is lost
    return route.abort('connectionreset');
  });
  await w.ask('and where is it?');
  await w.chat.getByRole('button', { name: 'Try again' }).click();
  await w.answers.first().waitFor();
  const id = await page.evaluate(() => sessionStorage.immunobot);
  const { bot } = await import('./harness.mjs');
  const kept = await fetch(`${bot.url}/api/v1/conversations/${id}`);
  if (kept.ok) assert.equal((await kept.json()).turns.length, 1);
});

test('a question too long for the server is given back', async ({ open }) => {
  const { page, w } = await opened(open);
  await page.route(ASK, (route) => fulfill(route, { type: 'urn:immunobot:problem:question-too-long' }, 400));
  await w.field.fill('Where is CIML?');
  await w.field.press('Enter');
  await w.chat.getByRole('alert').filter({ hasText: 'at most 2000 characters' }).waitFor();
  assert.equal(await w.field.inputValue(), 'Where is CIML?');
});

test('from 80 % of the limit the characters are counted, and no more can be typed', async ({ open }) => {
  const { w } = await opened(open);
  await w.field.fill('x'.repeat(1599));
  assert.equal(await w.chat.locator('.count').isVisible(), false);
  await w.field.fill('x'.repeat(1600));
  assert.equal(await w.chat.locator('.count').textContent(), '1,600 / 2,000');
  assert.equal(await w.field.getAttribute('maxlength'), '2000');
});

test('without the welcome the first view still stands', async ({ open }) => {
  const page = await open(widgetPage({ attributes: 'lang="fr" contact-url="https://c.example.org/"' }), { before: (tab) => tab.route('**/api/v1/**', (route) => route.abort()) });
  const w = widget(page);
  await w.open();
  assert.match(await w.chat.locator('.greeting').textContent(), /assistant automatique, pas une personne/);
  assert.equal(await w.chat.locator('.legal').getByRole('link', { name: /Contacter une personne/ }).getAttribute('href'), 'https://c.example.org/');
});

test('what comes is text, whatever it looks like', async ({ open }) => {
  const evil = '<img src=x onerror="window.hit=1"><script>window.hit=1</script> javascript:alert(1) \u202e\u0000 https://a.example/<b> data:text/html,x';
  const { page, w } = await opened(open);
  await page.route(ASK, (route) => fulfill(route, reply(evil, {
    sources: [{ title: evil, url: 'javascript:window.hit=1', published: '9999-99-99', as_of: 'x' }, { title: 'b', url: 'https://user:pw@b.example/' }, { url: 7 }, null, 'text', { title: 'c', url: 'data:text/html,<script>window.hit=1</script>' }],
    suggestions: [{ label: evil, question: evil }, { label: 'no question' }, 5, null], corrections: [{ from: evil, to: evil }, {}], explanation: { plain: [evil, 4, null, { a: 1 }] }, lang: ['fr'], status: 'nothing', id: { a: 1 },
  })));
  const answer = await w.ask('Where is CIML?');
  assert.match(await answer.locator('.text').textContent(), /<script>window\.hit=1<\/script>/);
  await answer.locator('summary').click();
  assert.equal(await page.evaluate(() => window.hit), undefined);
  const hrefs = await answer.locator('a').evaluateAll((links) => links.map((one) => [one.protocol, one.rel]));
  for (const [protocol, rel] of hrefs) {
    assert.ok(['https:', 'mailto:', 'tel:'].includes(protocol), protocol);
    assert.equal(rel, 'noopener noreferrer');
  }
  assert.equal(await answer.locator('img, script, iframe, [style], [onerror]').count(), 0);
});

test('three hundred hostile trees: text stays text, links lead where links may, and the page stands', async ({ open }) => {
  const { page, w } = await opened(open);
  let seed = 11;
  const random = (n) => Math.floor((seed = (seed * 48271) % 2147483647) / 2147483647 * n);
  const texts = ['word', '<img src=x onerror="window.hit=1">', '<script>window.hit=1</script>', ' ', '', '\u202e\u0000', '\ud800', 'x'.repeat(5000), '\n\n', 7, null, { text: 'deep' }, ['a']];
  const hrefs = ['https://a.example/<b>"onclick=x', 'http://a.example/', 'javascript:window.hit=1', 'JaVaScRiPt:window.hit=1', '\tjavascript:window.hit=1', 'java\nscript:window.hit=1', 'data:text/html,<script>window.hit=1</script>', 'vbscript:x', 'blob:x', 'file:///etc/passwd', '//b.example/', '/facts/ciml?lang=en', 'facts/ciml', 'mailto:a@b.org?bcc=c@d.org', 'tel:15', 'ftp://a.example', 'https://', '', ' ', null, 5, {}, ['https://a.example/'], undefined];
  const kinds = ['paragraph', 'numbered', 'bulleted', 'script', 'constructor', '__proto__', 'toString', 'iframe', '', null, 3, {}];
  const of = (list) => list[random(list.length)];
  const some = (make, n) => Array.from({ length: random(n) }, make);
  const odd = (value) => random(12) ? value() : of([null, 0, 'text', {}, [], [[]], [null], { length: 9 }, true]);
  const run = () => odd(() => ({ text: of(texts), href: of(hrefs), strong: of([true, false, 'x', {}, null, undefined]), onclick: 'window.hit=1', style: 'position:fixed' }));
  const line = () => odd(() => some(run, 5));
  const nest = (n) => n ? { kind: 'bulleted', lines: [[{ text: 'x', lines: [nest(n - 1)] }]] } : {};
  const trees = Array.from({ length: 300 }, (_, i) => i === 7 ? Array(3000).fill({ kind: 'paragraph', lines: [[{ text: 'a' }]] }) : i === 8 ? [nest(500)] : odd(() => some(() => odd(() => ({ kind: of(kinds), lines: odd(() => some(line, 5)), innerHTML: '<b>' })), 6)));
  await page.route(ASK, (route) => fulfill(route, reply('The plain answer.', { blocks: trees.pop() ?? null, status: of(['answered', 'unsure', 'unknown', 'safety']), suggestions: [{ label: 'a', question: 'a' }] })));
  await page.evaluate(async () => {
    const chat = document.querySelector('immunobot-chat');
    for (let i = 0; i < 300; ++i) await chat.ask('a question');
  });
  assert.equal(await w.answers.count(), 300);
  const found = await w.chat.evaluate((chat) => {
    const all = [...chat.shadowRoot.querySelectorAll('.theirs:not(.greeting) .text')];
    const inside = all.flatMap((text) => [...text.querySelectorAll('*')]);
    return {
      names: [...new Set(inside.map((node) => node.localName))].sort(), attributes: [...new Set(inside.flatMap((node) => node.getAttributeNames()))].sort(),
      links: [...new Set(inside.filter((node) => node.localName === 'a').map((node) => node.protocol + (node.origin === 'null' ? '' : node.origin)))].sort(),
      rels: [...new Set(inside.filter((node) => node.localName === 'a').map((node) => node.rel))],
      empty: all.filter((text) => !text.children.length).length, longest: Math.max(...all.map((text) => text.textContent.length)), most: Math.max(...all.map((text) => text.children.length)),
    };
  });
  assert.deepEqual(found.names, ['a', 'li', 'ol', 'p', 'span', 'strong', 'ul']);
  assert.deepEqual(found.attributes, ['class', 'href', 'rel', 'target']);
  const { bot } = await import('./harness.mjs');
  for (const one of found.links) assert.ok(['mailto:', 'tel:', 'https:https://a.example', `http:${bot.url}`].includes(one), one);
  assert.deepEqual(found.rels, ['noopener noreferrer']);
  assert.equal(found.empty, 0);
  assert.ok(found.longest < 5000 && found.most < 100, `${found.longest} characters, ${found.most} blocks`);
  assert.equal(await page.evaluate(() => window.hit), undefined);
  noProblems(page);
});

test('two hundred random replies break nothing', async ({ open }) => {
  const { page, w } = await opened(open);
  let seed = 7;
  const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  const values = [null, 0, -1, true, '', ' ', '<b>', 'javascript:1', '\n\n1. a\n- b\n1) c', [], {}, [[]], ['x', null], { answer: 1 }, 'http://a.example', '//b', '2026-13-45', '\ud800', 'é'.repeat(300), '0'.repeat(3000), 'a@b.co 06 12 34 56 78', [{ title: 1, url: [] }], [{ label: 'x', question: 'y', from: 'a', to: 'b' }]];
  const any = () => values[random(values.length)];
  const replies = Array.from({ length: 200 }, () => ({ id: any(), answer: random(4) ? String(any()) : any(), status: any(), lang: any(), sources: any(), suggestions: any(), corrections: any(), explanation: random(2) ? any() : { plain: any() } }));
  await page.route(ASK, (route) => fulfill(route, JSON.stringify(replies.pop() ?? null)));
  await page.evaluate(async () => {
    const chat = document.querySelector('immunobot-chat');
    for (let i = 0; i < 200; ++i) await chat.ask('a question');
  });
  assert.equal(await w.chat.locator('.mine').count(), 200);
  assert.equal(await w.chat.locator('.log > .theirs:not(.greeting), .log > .fault').count(), 200);
  noProblems(page);
});

test('while an answer is waited for, what is refused is neither marked as chosen nor lost', async ({ open }) => {
  const { page, w } = await opened(open);
  let arrive;
  const corrected = reply('An answer.', { corrections: [{ from: 'CLIM', to: 'CIML' }], suggestions: [{ label: 'And then?', question: 'And then?' }] });
  await page.route(ASK, (route) => fulfill(route, corrected));
  await w.ask('Where is CLIM?');
  await page.unroute(ASK);
  await page.route(ASK, async (route) => {
    await new Promise((resolve) => { arrive = resolve; });
    await fulfill(route, corrected);
  });
  await w.field.fill('Who?');
  await w.field.press('Enter');
  const waits = w.chat.getByRole('alert').filter({ hasText: 'the answer before' });
  const chip = w.chat.getByRole('button', { name: 'And then?' }).first();
  await chip.click();
  await waits.waitFor();
  assert.equal(await chip.textContent(), 'And then?');
  assert.equal(await chip.getAttribute('aria-disabled'), null);
  const undo = w.chat.getByRole('button', { name: /No, I did write/ }).first();
  await undo.click();
  assert.equal(await undo.isVisible(), true);
  await w.field.fill('when');
  await w.chat.getByRole('listbox').waitFor();
  await w.field.press('ArrowDown');
  await w.field.press('Enter');
  await waits.waitFor();
  assert.equal(await w.field.inputValue(), 'when');
  arrive();
  await w.answers.nth(1).waitFor();
  assert.equal(await w.log.locator('.mine').count(), 2);
  await page.unroute(ASK);
  await chip.click();
  await w.answers.nth(2).waitFor();
  assert.equal(await chip.textContent(), 'Chosen: And then?');
});
