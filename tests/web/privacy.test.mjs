// What is asked for, kept and told, before and after the visitor opens the widget.
import { createHash } from 'node:crypto';
import { addPage, assert, bot, noProblems, site, test, widget, widgetPage } from './harness.mjs';

const stored = (page) => page.evaluate(() => ({ local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie }));
const NOTHING = { local: {}, session: {}, cookie: '' };

for (const mode of ['bubble', 'link']) {
  test(`before it is opened, the ${mode} has asked for its script alone and stored nothing`, async ({ open }) => {
    const page = await open(widgetPage({ attributes: `lang="fr" mode="${mode}"` }));
    await widget(page).launcher.waitFor();
    await page.waitForTimeout(300);
    assert.deepEqual(page.asked.slice(1).filter((line) => !line.endsWith('favicon.ico')), [`GET ${bot.url}/widget.js`]);
    assert.deepEqual(await stored(page), NOTHING);
    assert.deepEqual(await page.context().cookies(), []);
  });
}

test('opening stores nothing; the first question stores one random id, in the tab', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  await w.chat.locator('.greeting .chips').waitFor();
  assert.deepEqual(await stored(page), NOTHING);
  await w.ask('When was the MI-FHU created?');
  const after = await stored(page);
  assert.deepEqual(Object.keys(after.session), ['immunobot']);
  assert.match(after.session.immunobot, /^[0-9a-f]{32}$/);
  assert.deepEqual(after.local, {});
  assert.deepEqual(await page.context().cookies(), []);
});

test('persist=none keeps nothing, persist=day keeps the id and its time', async ({ open }) => {
  const none = await open(widgetPage({ attributes: 'lang="en" persist="none"' }));
  await widget(none).open();
  await widget(none).ask('Where is CIML?');
  assert.deepEqual(await stored(none), NOTHING);
  const kept = await open(widgetPage({ attributes: 'lang="en" persist="day"' }));
  await widget(kept).open();
  await widget(kept).ask('Where is CIML?');
  const { local, session } = await stored(kept);
  assert.match(local.immunobot, /^[0-9a-f]{32}\.\d{13}$/);
  assert.deepEqual(session, {});
});

test('no other host is asked, and no address holds the question', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  await w.field.pressSequentially('Where is CIML');
  await page.waitForTimeout(400);
  await w.ask('Where is CIML?');
  for (const line of page.asked) {
    assert.ok([bot.url, site.url].some((origin) => line.split(' ')[1].startsWith(`${origin}/`)), line);
    assert.doesNotMatch(decodeURIComponent(line), /CIML/i);
  }
  assert.equal(await page.title(), 'Page');
});

const STRICT = () => `default-src 'none'; script-src ${bot.url}; connect-src ${bot.url}; img-src ${bot.url}; require-trusted-types-for 'script'; trusted-types 'none'`;

test('a strict policy with trusted types is not violated', async ({ open }) => {
  const page = await open(widgetPage({ headers: { 'Content-Security-Policy': STRICT() } }), {
    before: (tab) => tab.addInitScript(() => {
      window.violations = [];
      document.addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
    }),
  });
  const w = widget(page);
  await w.open();
  await w.ask('When was the MI-FHU created?');
  await w.ask('What is it?');
  await w.answers.last().locator('.chips button').first().click();
  await w.answers.nth(2).waitFor();
  await w.answers.last().getByRole('button', { name: 'Not helpful' }).click();
  await w.chat.locator('.head button[aria-controls=menu]').click();
  const download = page.waitForEvent('download');
  await w.chat.getByRole('button', { name: /Download/ }).click();
  await download;
  assert.deepEqual(await page.evaluate(() => window.violations.filter((one) => !/favicon/.test(one))), []);
  assert.deepEqual(page.problems.filter((one) => !/favicon/.test(one)), []);
  const weight = await w.launcher.evaluate((node) => getComputedStyle(node).fontWeight);
  assert.equal(weight, '600', 'the styles are in force');
});

test('subresource integrity holds on a page of another origin', async ({ open }) => {
  const embed = await (await fetch(`${bot.url}/embed`)).text();
  const pinned = /\/assets\/(widget\.[0-9a-f]{16}\.js)/.exec(embed)[1];
  const bytes = Buffer.from(await (await fetch(`${bot.url}/${pinned}`)).arrayBuffer());
  const digest = createHash('sha384').update(bytes).digest('base64');
  const page = await open(addPage(`<!doctype html><html lang="en"><title>Page</title><script src="${bot.url}/${pinned}" integrity="sha384-${digest}" crossorigin="anonymous" defer></script><main><h1>Page</h1></main><immunobot-chat lang="en"></immunobot-chat></html>`));
  await widget(page).open();
  noProblems(page);
});

test('what looks like an address, a phone or a social-security number is asked about before it is sent', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  for (const text of ['I am a.b@example.org', 'call 06 12 34 56 78', 'call +33 6 12 34 56 78', 'call +33 (0)6 12 34 56 78', '+41 22 767 61 11', '0041 22 767 61 11', '+1 (415) 555-2671', '(415) 555-2671', '415-555-2671', '07700 900123', '0151 23456789', '+49 (0)30 901820', 'my number is 1 85 05 78 006 084 36']) {
    await w.field.fill(text);
    await w.field.press('Enter');
    await w.chat.getByRole('alert').filter({ hasText: 'does not need it' }).waitFor();
    assert.equal(await w.field.inputValue(), text);
  }
  assert.equal(page.asked.filter((line) => line.includes('/api/v1/ask')).length, 0);
  await w.chat.getByRole('button', { name: 'Send it anyway' }).click();
  await w.answers.first().waitFor();
  for (const text of ['in 2015 and 2016', 'tel 15', 'axis 1 2 3', 'from 01.01.2015 - 02.02.2016', '2015-2020', 'the 10 000 000 euros', '10.1016/j.cell.2015']) {
    await w.ask(text);
    assert.equal(await w.chat.getByRole('button', { name: 'Send it anyway' }).count(), 0, text);
  }
});

test('while it is typed, nothing is sent of what may become an address or a number', async ({ open }) => {
  const page = await open(widgetPage());
  const sent = [];
  page.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/suggest')) sent.push(request.postDataJSON().q); });
  const w = widget(page);
  await w.open();
  for (const text of ['I am jane.doe@exam', 'a@', '06 12 34', '+33 (0)6.12.34', '1 85 05 78', '1850578']) {
    await w.field.fill(text);
    await page.waitForTimeout(250);
  }
  assert.deepEqual(sent, []);
  await w.field.fill('Where is CIML');
  await w.chat.getByRole('listbox').waitFor();
  await w.field.fill('What happened in 2015 and 2016');
  await page.waitForTimeout(400);
  assert.deepEqual(sent, ['Where is CIML', 'What happened in 2015 and 2016']);
});

test('forgetting erases here and on the server', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  await w.ask('When was the MI-FHU created?');
  const id = (await stored(page)).session.immunobot;
  await w.chat.locator('.head button[aria-controls=menu]').click();
  await w.chat.getByRole('button', { name: 'Forget this conversation' }).click();
  await w.chat.getByText('has been erased').waitFor();
  assert.deepEqual(await stored(page), NOTHING);
  assert.equal(await w.answers.count(), 0);
  assert.equal((await fetch(`${bot.url}/api/v1/conversations/${id}`)).status, 404);
});
