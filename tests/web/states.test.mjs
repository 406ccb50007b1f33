// axe in every state, in both languages, light and dark, from 320 to 1280 pixels; in forced colours, and with text twice as large.
import { addPage, assert, axe, bot, cut, noProblems, test, widget, widgetPage } from './harness.mjs';

const ASK = '**/api/v1/ask';
const ALLOW = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' };
// One answer with all that an answer can hold.
const everything = (lang) => ({
  id: 'r', status: 'answered', lang, intent: null, answer: 'All blocks.',
  blocks: [
    { kind: 'paragraph', lines: [[{ text: 'A paragraph: ' }, { text: '12, rue des Exemples, 13009 Marseille', href: 'https://www.openstreetmap.org/search?query=a' }, { text: ', tel. ' }, { text: '04 91 00 00 00', href: 'tel:0491000000' }, { text: ', ' },
      { text: 'a.b@example.org', href: 'mailto:a.b@example.org' }, { text: ', ' }, { text: 'Éric Vivier', href: '/facts/eric-vivier?lang=fr' }, { text: '.' }]] },
    { kind: 'numbered', lines: [[{ text: 'first', strong: true }], [{ text: 'second', href: 'https://www.example.org/page', strong: true }]] },
    { kind: 'bulleted', lines: [[{ text: 'one' }], [{ text: 'other' }]] },
  ],
  sources: [{ title: 'Source', url: 'https://www.example.org/', published: '2026-05-03', as_of: '2026-11-01' }, { title: 'No address', url: '', published: '2014', as_of: '' }],
  suggestions: [{ label: 'What next?', question: 'a' }], corrections: [{ from: 'exemple', to: 'example' }], explanation: { plain: ['Because.'] },
});
const FAULTS = {
  busy: (route) => route.fulfill({ status: 429, headers: { ...ALLOW, 'retry-after': '40' }, body: '{}' }),
  server: (route) => route.fulfill({ status: 500, headers: ALLOW, body: '{}' }),
  malformed: (route) => route.fulfill({ headers: ALLOW, body: '{' }),
  network: (route) => route.abort('connectionrefused'),
  long: (route) => route.fulfill({ status: 413, headers: ALLOW, body: '{}' }),
};
const QUESTIONS = {
  fr: { answer: 'Qui dirige le CIML et où est-il ?', meant: 'Téléphone de Marseille Immunopôle', none: 'Quel est le cours de bourse d’Innate Pharma ?', safety: 'j’ai mal à la poitrine', wrong: 'Où est Luminny ?', start: 'quand', no: 'Pas utile' },
  en: { answer: 'Who leads CIML and where is it?', meant: 'What is it?', none: 'What is the share price of Innate Pharma?', safety: 'my chest hurts', wrong: 'Where is Luminny?', start: 'when', no: 'Not helpful' },
};
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

// What a state has to show where colours are the visitor's own: borders of what is pressed, typed into and read, and what is chosen.
const BORDERED = '.launcher, .panel:not(.phone), .send, textarea, .mine, .plain, .chips button:not([aria-disabled]), .options, .reason input';
const unbordered = (page) => page.evaluate((all) => [...document.querySelector('immunobot-chat').shadowRoot.querySelectorAll(all)]
  .filter((node) => node.checkVisibility() && parseFloat(getComputedStyle(node).borderTopWidth) < 1).map((node) => node.className || node.localName), BORDERED);

const journey = (lang, look) => async ({ open }) => {
  const head = look.large ? '<style>immunobot-chat { --ib-font-size: 30px }</style>' : '';
  const page = await open(widgetPage({ attributes: `lang="${lang}"`, lang, head }), { lang, ...look });
  const w = widget(page);
  const q = QUESTIONS[lang];
  const check = async (state) => {
    await axe(page).catch((problem) => { throw new Error(`${state}: ${problem.message}`); });
    assert.ok(await sideways(page) <= 0, `${state}: scrolls sideways`);
    if (look.large) assert.deepEqual(await cut(page), [], state);
    if (look.forced) assert.deepEqual(await unbordered(page), [], state);
  };
  await w.launcher.waitFor();
  await check('closed');
  await w.open();
  await w.chat.locator('.greeting .chips').waitFor();
  await check('greeting');
  const answer = await w.ask(q.answer);
  await answer.locator('summary').click();
  await answer.getByRole('button', { name: q.no, exact: true }).click();
  await check('answer, why, reason');
  await w.ask(q.meant);
  await check('did you mean');
  await w.ask(q.none);
  await check('no answer');
  await w.ask(q.safety);
  await w.ask(q.wrong);
  await check('safety, correction');
  await w.field.pressSequentially(q.start);
  await w.chat.getByRole('listbox').waitFor();
  await w.field.press('ArrowDown');
  await check('type-ahead');
  await w.field.press('Escape');
  await w.field.fill('a.b@example.org '.repeat(110).slice(0, 1700));
  await w.field.press('Enter');
  await check('warning, counter');
  noProblems(page);
  await w.field.fill('');
  const answerWith = async (answer) => {
    await page.unroute(ASK);
    await page.route(ASK, answer);
  };
  await answerWith((route) => route.fulfill({ headers: ALLOW, body: JSON.stringify(everything(lang)) }));
  const full = await w.ask('all');
  assert.deepEqual(await full.locator('.text > *').evaluateAll((nodes) => nodes.map((node) => node.localName)), ['p', 'ol', 'ul']);
  assert.deepEqual(await full.locator('.text strong').evaluateAll((nodes) => nodes.map((node) => node.firstElementChild?.localName ?? node.textContent)), ['first', 'a']);
  await check('every kind of block');
  for (const kind of ['busy', 'server', 'malformed', 'network']) {
    await answerWith(FAULTS[kind]);
    await w.ask(kind);
  }
  await answerWith(FAULTS.long);
  await w.field.fill('long');
  await w.field.press('Enter');
  await w.chat.locator('.note p').waitFor();
  await page.unroute(ASK);
  await page.context().setOffline(true);
  await w.ask('b');
  await w.chat.locator('.head button[aria-controls=menu]').click();
  await check('each error, offline, menu');
  await page.context().setOffline(false);
};

for (const lang of ['fr', 'en'])
  for (const dark of [false, true])
    for (const width of [320, 390, 1280])
      test(`no violation in any state: ${lang}, ${dark ? 'dark' : 'light'}, ${width} px`, journey(lang, { dark, width, height: width < 400 ? 700 : 800, phone: width === 390 }));

for (const lang of ['fr', 'en'])
  for (const width of [320, 1280]) {
    test(`no violation in any state, and borders, in forced colours: ${lang}, ${width} px`, journey(lang, { forced: true, dark: width === 320, width }));
    test(`no violation in any state, and nothing cut, with text twice as large: ${lang}, ${width} px`, journey(lang, { large: true, width }));
  }

for (const lang of ['fr', 'en'])
  for (const dark of [false, true])
    test(`no violation restored and printed: ${lang}, ${dark ? 'dark' : 'light'}`, async ({ open }) => {
      for (const width of [320, 390, 1280]) {
        const page = await open(widgetPage({ attributes: `lang="${lang}"`, lang }), { lang, dark, width, phone: width === 390 });
        const w = widget(page);
        await w.open();
        await w.ask(QUESTIONS[lang].answer);
        await page.reload();
        await w.open();
        await w.answers.first().waitFor();
        await axe(page);
        noProblems(page);
        await page.emulateMedia({ media: 'print' });
        await axe(page);
        await page.context().close();
      }
    });

for (const lang of ['fr', 'en'])
  test(`no violation in a page and as a link (${lang})`, async ({ open }) => {
    for (const mode of ['inline', 'link']) {
      const page = await open(addPage(`<!doctype html><html lang="${lang}"><title>Page</title><script src="${bot.url}/widget.js" defer></script><main><h1>Page</h1><immunobot-chat lang="${lang}" mode="${mode}"></immunobot-chat></main></html>`), { lang });
      const w = widget(page);
      if (mode === 'link') await w.open();
      await w.ask(QUESTIONS[lang].answer);
      await axe(page);
      noProblems(page);
    }
  });
