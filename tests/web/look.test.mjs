// Forced colours, large text, wide spacing, print, movement.
import { assert, axe, bot, cut, noProblems, test, widget, widgetPage } from './harness.mjs';

test('forced colours: no violation, borders and focus are seen', async ({ open }) => {
  const page = await open(widgetPage(), { forced: true });
  const w = widget(page);
  await w.open();
  const answer = await w.ask('Who leads CIML and where is it?');
  await answer.getByRole('button', { name: 'Helpful', exact: true }).click();
  await axe(page);
  for (const part of [w.launcher, w.panel, w.field, w.chat.locator('.send')])
    assert.notEqual(await part.evaluate((node) => getComputedStyle(node).borderTopWidth), '0px');
  await w.launcher.focus();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('immunobot-chat').shadowRoot.activeElement).outlineStyle), 'solid');
});

for (const lang of ['fr', 'en'])
  test(`text twice as large and spaced as WCAG 1.4.12 asks: nothing is cut (${lang})`, async ({ open }) => {
    const head = '<style>immunobot-chat { --ib-font-size: 30px }</style>';
    const page = await open(widgetPage({ attributes: `lang="${lang}"`, lang, head }), { width: 640 });
    const w = widget(page);
    await w.open();
    await w.ask(lang === 'fr' ? 'Qui dirige le CIML et où est-il ?' : 'Who leads CIML and where is it?');
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
      const { shadowRoot } = document.querySelector('immunobot-chat');
      shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
    });
    assert.deepEqual(await cut(page), []);
    await axe(page);
  });

test('text twice as large: the title keeps its words whole, and there is room for the messages', async ({ open }) => {
  for (const width of [1280, 640, 320]) {
    const page = await open(widgetPage({ attributes: 'lang="fr"', lang: 'fr', head: '<style>immunobot-chat { --ib-font-size: 30px }</style>' }), { width, height: 640 });
    const w = widget(page);
    await w.open();
    await w.ask('Qui dirige le CIML et où est-il ?');
    assert.ok((await w.log.boundingBox()).height >= 140, `${width} px: ${(await w.log.boundingBox()).height}`);
    const title = await w.chat.locator('h2').evaluate((node) => [node.getClientRects()[0].height, parseFloat(getComputedStyle(node).lineHeight)]);
    assert.ok(title[0] <= 2.1 * title[1], `${width} px: the title takes ${title[0] / title[1]} lines`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  }
});

test('400 % zoom: no horizontal scroll, the input can be used', async ({ open }) => {
  const page = await open(widgetPage(), { width: 320, height: 256 });
  const w = widget(page);
  await w.open();
  await w.ask('Where is CIML?');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320));
  assert.ok(await w.log.evaluate((node) => node.scrollWidth <= node.clientWidth));
  assert.deepEqual(await cut(page), []);
});

test('printed, the panel is the whole conversation with its addresses; closed, nothing of it', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  for (const text of ['Who leads CIML and where is it?', 'What is MI-FHU?', 'my chest hurts', 'What is the share price of Innate Pharma?']) await w.ask(text);
  await page.emulateMedia({ media: 'print' });
  const log = await w.log.evaluate((node) => [node.scrollHeight - node.clientHeight, getComputedStyle(node).color, getComputedStyle(node.querySelector('a'), '::after').content]);
  assert.equal(log[0], 0);
  assert.equal(log[1], 'rgb(0, 0, 0)');
  assert.match(log[2], /http/);
  assert.equal(await w.chat.locator('a[href^=tel]').first().evaluate((node) => getComputedStyle(node, '::after').content), 'none');
  assert.equal(await w.answers.last().locator('.chips button').first().isVisible(), true, 'choices that end the sentence');
  for (const part of ['.launcher', '.foot', '.tools button', '.chips button']) assert.equal(await w.chat.locator(part).first().isVisible(), false, part);
  await page.evaluate(() => document.querySelector('immunobot-chat').close());
  assert.equal(await w.launcher.isVisible(), false);
  assert.equal(await w.panel.isVisible(), false);
});

test('"print" prints the conversation alone, and puts the page back', async ({ open }) => {
  const page = await open(widgetPage(), { before: (tab) => tab.addInitScript(() => {
    window.print = () => { window.printing = document.adoptedStyleSheets.length; };
  }) });
  const w = widget(page);
  await w.open();
  await w.ask('Where is CIML?');
  await w.chat.locator('.head button[aria-controls=menu]').click();
  await w.chat.getByRole('button', { name: 'Print the conversation' }).click();
  assert.equal(await page.evaluate(() => window.printing), 1);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('h1').isVisible(), false);
  assert.equal(await w.answers.first().isVisible(), true);
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 0);
  noProblems(page);
});

test('reduced motion: nothing moves', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  const moving = await open(widgetPage(), { motion: true });
  await widget(moving).launcher.waitFor();
  assert.equal(await widget(moving).panel.count(), 0);
});

test('the conversation can be downloaded as text', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  await w.ask('Where is CIML?');
  await w.chat.locator('.head button[aria-controls=menu]').click();
  const [download] = await Promise.all([page.waitForEvent('download'), w.chat.getByRole('button', { name: /Download/ }).click()]);
  const { readFileSync } = await import('node:fs');
  const text = readFileSync(await download.path(), 'utf8');
  assert.equal(download.suggestedFilename(), 'conversation.txt');
  assert.match(text, /You: Where is CIML\?\nAssistant: CIML is located.*\nSource: .* http/);
});

test('an answer can be copied with its source', async ({ open }) => {
  const page = await open(widgetPage(), { before: (tab, context) => context.grantPermissions(['clipboard-read', 'clipboard-write']) });
  const w = widget(page);
  await w.open();
  const answer = await w.ask('Where is CIML?');
  await answer.getByRole('button', { name: 'Copy' }).click();
  await answer.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^CIML is located.*\nSource: /);
}, { alone: true });

test('a copy that fails says so', async ({ open }) => {
  const page = await open(widgetPage(), { before: (tab) => tab.addInitScript(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }) });
  const w = widget(page);
  await w.open();
  const answer = await w.ask('Where is CIML?');
  await answer.getByRole('button', { name: 'Copy' }).click();
  await answer.getByRole('status').filter({ hasText: 'could not be copied' }).waitFor();
  noProblems(page);
});

test('whom an answer names leads to their page, once each; the page of the site stays', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.open();
  const answer = await w.ask('Who leads CIML?');
  const links = await answer.locator('.text a').evaluateAll((all) => all.map((one) => [one.firstChild.data, one.href, one.target, one.textContent.includes('(new tab)')]));
  assert.ok(links.length >= 2, JSON.stringify(links));
  assert.equal(new Set(links.map(([, href]) => href)).size, links.length);
  for (const [name, href, target, said] of links) {
    assert.match(href, new RegExp(`^${bot.url}/facts/[a-z0-9-]+\\?lang=en$`));
    assert.deepEqual([target, said], ['_blank', true]);
    const there = await (await fetch(href)).text();
    assert.ok(there.includes(name), `${href} says nothing of ${name}`);
  }
});

test('the shadow of the panel does not fall on the launcher', async ({ open }) => {
  const page = await open(widgetPage());
  const w = widget(page);
  await w.launcher.waitFor();
  await page.mouse.move(5, 5);
  const box = await w.launcher.boundingBox();
  const clip = { ...box, x: box.x + 28, width: box.width - 56 };   // without the round ends, beside which the page is seen
  const closed = await page.screenshot({ clip });
  await page.evaluate(() => document.querySelector('immunobot-chat').open());
  await w.panel.waitFor();
  assert.ok(closed.equals(await page.screenshot({ clip })), 'it looks different');
});

test('the focus of the launcher is seen on a light page and on a dark one', async ({ open }) => {
  for (const background of ['#fff', '#111', '#1b262e']) {
    const page = await open(widgetPage({ head: `<style>body { background: ${background} }</style>` }));
    const w = widget(page);
    await w.launcher.waitFor();
    await page.keyboard.press('Tab');
    const ring = await w.launcher.evaluate((node) => { const { outlineColor, outlineStyle, boxShadow } = getComputedStyle(node); return [outlineStyle, outlineColor, boxShadow]; });
    assert.deepEqual(ring, ['solid', 'rgb(27, 38, 46)', 'rgb(255, 255, 255) 0px 0px 0px 6px']);
  }
});
