// The pages: accessible in every light and width, without a script, under their own policy; links lead somewhere.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addPage, assert, axe, bot, noProblems, root, test } from './harness.mjs';

const PAGES = {
  'the first page': '/', 'the form': '/ask', 'the questions': '/faq', 'a topic': '/faq/hospitals', 'search results': '/faq?q=ciml', 'no results': '/faq?q=zzzz',
  'the facts': '/facts', 'an entity': '/facts/ciml', 'a person': '/facts/eric-vivier', 'the preview': '/preview',
};
const LANGUAGES = ['fr', 'en'];
const address = (path, lang) => bot.url + path + (path.includes('?') ? '&' : '?') + 'lang=' + lang;

// What the browser reports against the policy of a page.
const watched = { before: (page) => page.addInitScript(() => { globalThis.violations = []; addEventListener('securitypolicyviolation', (event) => globalThis.violations.push(event.violatedDirective + ' ' + event.blockedURI)); }) };
const noViolations = async (page) => assert.deepEqual(await page.evaluate(() => globalThis.violations), []);
const fits = async (page) => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it scrolls sideways');

// Many short tests: each has its own time, however slow the machine is.
for (const [name, path] of Object.entries(PAGES))
  for (const lang of LANGUAGES)
    for (const width of [320, 1280])
      test(`${name} is accessible in ${lang} at ${width} pixels, light and dark`, async ({ open }) => {
        for (const dark of [false, true]) {
          const page = await open(address(path, lang), { width, dark, lang, ...watched });
          assert.equal(await page.getAttribute('html', 'lang'), lang);
          assert.equal(await page.locator('h1').count(), 1);
          await axe(page);
          await fits(page);
          noProblems(page);
          await noViolations(page);
          assert.deepEqual(page.asked.filter((one) => !one.includes(bot.url)), [], 'another host was asked');
          await page.context().close();
        }
      });

test('pages hold nothing that asks for storage', async ({ open }) => {
  for (const path of ['/ask', '/faq', '/facts/ciml']) {
    const page = await open(address(path, 'fr'));
    assert.deepEqual(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]), ['', 0, 0]);
  }
});

test('without a script a visitor asks, follows up, takes a suggestion and rates', async ({ open }) => {
  const page = await open(address('/ask', 'fr'), { noScript: true, lang: 'fr' });
  await page.fill('textarea', 'Où se trouve le CIML ?');
  await page.click('form.ask button');
  assert.equal(new URL(page.url()).search, '?lang=fr');
  assert.match(await page.textContent('.said'), /Luminy/);
  assert.match(await page.textContent('.reply'), /Source/);
  assert.match(await page.textContent('.reply'), /vérifié le/);
  assert.doesNotMatch(await page.title(), /CIML/);
  await page.fill('textarea', 'et quand a-t-il été créé ?');
  await page.click('form.ask button');
  assert.match(await page.textContent('.said'), /1976/);
  const suggestion = page.locator('.chips button').first();
  const asked = await suggestion.getAttribute('value');
  await suggestion.click();
  assert.ok((await page.textContent('.asked')).replace(/[’]/g, "'").replace(/\s/g, ' ').includes(asked));
  await page.click('.thumbs button[value=no]');
  assert.equal(await page.textContent('h1'), 'Merci');
  await page.click('main a.button');
  assert.match(page.url(), /\/ask\?lang=fr$/);
  noProblems(page);
});

test('without a script a visitor takes back that a word was read as another', async ({ open }) => {
  const page = await open(address('/ask', 'en'), { noScript: true });
  await page.fill('textarea', 'Who leads the Innate Phrama?');
  await page.click('form.ask button');
  assert.match(await page.textContent('.reply'), /I read “.*” as “/);
  await page.click('form.undo button');
  assert.match(await page.textContent('.asked'), /Phrama/);
  assert.equal(await page.locator('form.undo').count(), 0);
  assert.doesNotMatch(await page.textContent('.reply'), /I read/);
  noProblems(page);
});

test('without a script a visitor whose question has no answer is told that the staff get it', async ({ open }) => {
  const page = await open(address('/ask', 'en'), { noScript: true });
  await page.fill('textarea', 'Who invented the telephone in Ulan Bator?');
  await page.click('form.ask button');
  assert.match(await page.getAttribute('.reply', 'class'), /unknown/);
  assert.match(await page.textContent('.reply'), /passed on to the staff/);
  assert.match(await page.textContent('.reply'), /Contact a person/);
  await page.fill('textarea', 'Where is CIML?');
  await page.click('form.ask button');
  assert.doesNotMatch(await page.textContent('.reply'), /passed on/);
});

test('French pages have French spaces, and links to a question are named after it, outside of its heading', async ({ open }) => {
  const page = await open(address('/faq/hospitals', 'fr'), { noScript: true });
  assert.match(await page.title(), /^Hôpitaux\u00a0: questions et réponses/);
  assert.equal(await page.locator('h3 .anchor').count(), 0);
  const name = await page.locator('.qa .anchor').first().getAttribute('aria-label');
  assert.equal(name, 'Lien vers\u00a0: ' + await page.locator('.qa h3').first().textContent());
  for (const path of ['/facts/ciml', '/facts/mi-fhu']) {
    await page.goto(address(path, 'fr'));
    assert.doesNotMatch(await page.textContent('main'), /\S [?!;:»]|'|jusqu.à :/, path);
  }
});

test('without a script an answer leads to the pages of whom it names', async ({ open }) => {
  const page = await open(address('/ask', 'fr'), { noScript: true, lang: 'fr' });
  await page.fill('textarea', 'Qui dirige le CIML ?');
  await page.click('form.ask button');
  const link = page.locator('.said a').first();
  const name = await link.textContent();
  await link.click();
  assert.match(page.url(), /\/facts\/[a-z0-9-]+\?lang=fr$/);
  assert.ok((await page.textContent('main')).includes(name));
  noProblems(page);
});

test('without a script a visitor has the conversation forgotten', async ({ open }) => {
  const page = await open(address('/ask', 'fr'), { noScript: true, lang: 'fr' });
  await page.fill('textarea', 'Où se trouve le CIML ?');
  await page.click('form.ask button');
  await page.click('form.forget button');
  assert.equal(await page.textContent('h1'), 'La conversation est oubliée');
  await page.click('main a.button');
  await page.fill('textarea', 'et quand a-t-il été créé ?');
  await page.click('form.ask button');
  assert.doesNotMatch(await page.textContent('.said'), /1976/);
  noProblems(page);
});

for (const lang of LANGUAGES)
  test(`an address where nothing is leads back, in the visitor's language (${lang})`, async ({ open }) => {
    for (const path of ['/nowhere', '/a/b/c', '/facts/nothing']) {
      const page = await open(bot.url + path, { lang, width: 320, ...watched });
      assert.equal(await page.textContent('h1'), lang === 'fr' ? 'Cette page n’existe pas' : 'This page does not exist');
      assert.equal(await page.getAttribute('html', 'lang'), lang);
      await axe(page);
      await fits(page);
      await noViolations(page);
      await page.locator('.links a[href*=faq]').click();
      assert.equal(new URL(page.url()).pathname, '/faq');
      await page.context().close();
    }
  });

for (const question of ['When was the MI-FHU created?', 'budget', 'What is the share price of Innate Pharma?', 'Hello', 'I have chest pain, what should I do?'])
  test(`the answer to "${question}" is accessible, without and with a script`, async ({ open }) => {
    for (const noScript of [true, false]) {
      const page = await open(address('/ask', 'en'), { noScript });
      await page.fill('textarea', question);
      await page.click('form.ask button');
      await page.waitForSelector('.reply');
      if (!noScript) await axe(page);
      noProblems(page);
      await page.context().close();
    }
  });

test('what a visitor types stays text', async ({ open }) => {
  const page = await open(address('/ask', 'en'), watched);
  await page.fill('textarea', '<img src=x onerror="document.title=1"><script>document.title=1</script>');
  await page.click('form.ask button');
  await page.waitForSelector('.reply');
  assert.equal(await page.locator('.reply img, .reply script').count(), 0);
  assert.match(await page.textContent('.asked'), /<img src=x/);
  await noViolations(page);
});

test('the search works without a script, and while typing with one', async ({ open }) => {
  const plain = await open(address('/faq', 'fr'), { noScript: true });
  await plain.fill('#q', 'CIML créé');
  await plain.press('#q', 'Enter');
  assert.ok(await plain.locator('article.qa').count() > 0);
  const page = await open(address('/faq/people', 'fr'), watched);
  assert.equal(page.asked.filter((one) => one.includes('index.fr.js')).length, 0, 'the index is loaded before it is needed');
  await page.locator('#q').pressSequentially('ciml cree');
  await page.waitForSelector('.hits a');
  assert.match(await page.textContent('.found'), /question/);
  // In one breath, for the list may still change after the last letter.
  const [title, link] = await page.evaluate(() => { const first = document.querySelector('.hits a'); return [first.textContent, first.getAttribute('href')]; });
  await page.locator(`.hits a[href="${link}"]`).click();
  await page.waitForURL(/faq.*#/);
  assert.ok((await page.textContent(':target')).includes(title.trim()));
  await axe(page);
  noProblems(page);
});

test('by keyboard alone: skip link, navigation, search', async ({ open }) => {
  const page = await open(address('/faq', 'en'));
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  await page.keyboard.type('innate');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=innate/);
});

test('the configurator shows what it writes', async ({ open }) => {
  const page = await open(address('/', 'en'), watched);
  const frame = page.frameLocator('.stage iframe');
  await frame.locator('immunobot-chat').waitFor({ state: 'attached' });
  await page.check('input[name=mode][value=inline]');
  await page.check('input[name=language][value=fr]');
  await page.fill('#accent', '#7a0b2e');
  await page.fill('#title', 'Ask "us" <b>');
  const line = await page.textContent('#line');
  for (const part of ['mode="inline"', 'lang="fr"', 'contact-url="https://contact.example.org/"', 'title="Ask &quot;us&quot; &lt;b>"', `${bot.url}/widget.js`]) assert.ok(line.includes(part), `${part} in ${line}`);
  assert.doesNotMatch(line, /style=/);
  assert.equal(await page.textContent('#rule'), 'immunobot-chat { --ib-accent: #7a0b2e; }');
  const chat = frame.locator('immunobot-chat');
  assert.equal(await chat.getAttribute('mode'), 'inline');
  assert.equal(await chat.getAttribute('title'), 'Ask "us" <b>');
  await page.click('.configurator button[type=reset]');
  await page.waitForFunction(() => !document.getElementById('line').textContent.includes('mode='));
  assert.equal(await chat.getAttribute('mode'), null);
  assert.equal(await page.locator('.rule').isVisible(), false);
  noProblems(page);
  await noViolations(page);
});

test('what the configurator writes works under the strict policy of the documentation', async ({ open }) => {
  const page = await open(address('/', 'en'));
  await page.fill('#accent', '#7a0b2e');
  const [line, rule] = [await page.textContent('#line'), await page.textContent('#rule')];
  const there = await open(addPage(`<!doctype html><html lang="en"><title>Page</title><link rel="stylesheet" href="site.css"><main><h1>Page</h1></main>${line}</html>`,
    { 'Content-Security-Policy': `default-src 'none'; style-src 'self'; script-src ${bot.url}; connect-src ${bot.url}; require-trusted-types-for 'script'` }), {
    before: async (tab) => {
      await watched.before(tab);
      await tab.route('**/site.css', (route) => route.fulfill({ contentType: 'text/css', body: rule }));
    },
  });
  const launcher = there.locator('immunobot-chat .launcher');
  await launcher.waitFor();
  assert.equal(await launcher.evaluate((node) => getComputedStyle(node).backgroundColor), 'rgb(122, 11, 46)');
  noProblems(there);
  await noViolations(there);
});

test('without a script the first page has a form and lines to paste', async ({ open }) => {
  const page = await open(address('/', 'fr'), { noScript: true });
  assert.match(await page.textContent('#line'), /widget\.js/);
  assert.equal(await page.locator('.configurator').isVisible(), false);
  await page.fill('.plain textarea', 'Quand a été créée la MI-FHU ?');
  await page.click('.plain button');
  assert.match(await page.textContent('.said'), /2015/);
});

test('every link of the pages leads somewhere, and every anchor is there', async ({ open }) => {
  const page = await open(address('/', 'fr'), { noScript: true });
  const seen = new Map();
  const queue = ['/?lang=fr', '/?lang=en', '/facts/nothing?lang=fr'].map((path) => bot.url + path);
  const anchors = [];
  while (queue.length) {
    const next = queue.pop();
    if (seen.has(next)) continue;
    const answer = await page.request.get(next);
    const body = await answer.text();
    seen.set(next, new Set([...body.matchAll(/ id="([^"]*)"/g)].map((found) => found[1])));
    if (!next.includes('/facts/nothing')) assert.equal(answer.status(), 200, next);
    if (!answer.headers()['content-type'].startsWith('text/html')) continue;
    for (const [, raw] of body.matchAll(/ (?:href|src)="([^"]*)"/g)) {
      const link = new URL(raw.replaceAll('&amp;', '&').replaceAll('&#39;', "'"), next);
      if (link.origin !== bot.url) continue;
      const anchor = link.hash.slice(1);
      link.hash = '';
      if (anchor) anchors.push([next, link.href, anchor]);
      queue.push(link.href);
    }
  }
  assert.ok(seen.size > 240, `${seen.size} pages`);
  for (const [from, to, anchor] of anchors) assert.ok(seen.get(to)?.has(anchor), `${from} -> ${to}#${anchor}`);
});

test('pages print as plain text with the addresses of their sources', async ({ open }) => {
  const page = await open(address('/facts/ciml', 'fr'));
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['nav', '.skip', '.language']) assert.equal(await page.locator(gone).first().isVisible(), false, gone);
  assert.match(await page.evaluate(() => getComputedStyle(document.querySelector('cite a'), '::after').content), /http/);
});

test('in forced colours and with 200 % text nothing is lost', async ({ open }) => {
  for (const path of ['/', '/faq', '/facts/ciml', '/ask']) {
    const page = await open(address(path, 'en'), { forced: true });
    await axe(page);
    await page.context().close();
    const large = await open(address(path, 'en'), { width: 640 });
    await large.addStyleTag({ content: 'x{}' }).catch(() => {});   // the policy forbids it; zoom through the root instead
    await large.evaluate(() => { document.documentElement.style.setProperty('font-size', '200%'); });
    await fits(large);
    await large.context().close();
  }
});

// The files of `immunobot publish`, as a host without any program would serve them.
test('published files: the search finds, links lead on, every page is accessible', async ({ open }) => {
  const folder = join(mkdtempSync(join(tmpdir(), 'immunobot-files-')), 'site');
  execFileSync(bot.program, ['publish', folder, '--database', join(folder, '..', 'bot.db'), '--base', 'https://files.example.org/'], { cwd: root, stdio: 'ignore' });
  try {
    const served = { before: async (page) => {
      await watched.before(page);
      await page.route('https://files.example.org/**', (route) => {
        const path = new URL(route.request().url()).pathname;
        return route.fulfill({ path: join(folder, path.endsWith('/') ? `${path}index.html` : path) });
      });
    } };
    for (const lang of LANGUAGES) {
      const page = await open('https://files.example.org/', served);
      await page.locator(`a[href^="${lang}/"]`).first().click();
      await page.waitForURL(`**/${lang}/**`);
      await page.locator('a[href*="faq.html"]').first().click();
      await page.locator('#q').pressSequentially('innate pharma');
      await page.waitForSelector('.hits a');
      await axe(page);
      const link = await page.locator('.hits a').first().getAttribute('href');
      await page.locator('.hits a').first().click();
      await page.waitForURL((url) => url.hash === new URL(link, page.url()).hash);
      assert.equal(await page.locator(':target').count(), 1);
      await axe(page);
      assert.deepEqual(page.asked.filter((one) => !one.includes('https://files.example.org/')), []);
      noProblems(page);
      await noViolations(page);
    }
  } finally {
    rmSync(join(folder, '..'), { recursive: true, force: true });
  }
});
