// axe in every state, in both languages, light and dark, from 320 to 1280 pixels.
import { addPage, assert, axe, bot, noProblems, test, widget, widgetPage } from './harness.mjs';

const ASK = '**/api/v1/ask';
const ALLOW = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' };
// One answer with all that an answer can hold.
const everything = (lang) => ({
  id: 'r', status: 'answered', lang, intent: null,
  answer: 'A paragraph: 12, rue des Exemples, 13009 Marseille, tel. 04 91 00 00 00, a.b@example.org, https://www.example.org/page\n1. first\n2. second\n- one\n- other',
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

const journey = (lang, look) => async ({ open }) => {
  const page = await open(widgetPage({ attributes: `lang="${lang}"`, lang }), { lang, ...look });
  const w = widget(page);
  const q = QUESTIONS[lang];
  const check = async (state) => {
    await axe(page).catch((problem) => { throw new Error(`${state}: ${problem.message}`); });
    assert.ok(await sideways(page) <= 0, `${state}: scrolls sideways`);
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
